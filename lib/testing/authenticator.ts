import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import type { AuthenticationResponseJSON, PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON, RegistrationResponseJSON } from "@simplewebauthn/server";

const [PRESENT, VERIFIED, BACKED_UP, HAS_KEY] = [0x01, 0x04, 0x18, 0x40];
const b64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString("base64url");
const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest();

type Wishes = { origin?: string; rpId?: string; /** Recognises its owner. */ verifies?: boolean; counter?: number; challenge?: string };

/** A passkey as a phone keeps it (ES256, no attestation): the real protocol without a browser. */
export class Passkey {
  readonly #id = randomBytes(32);
  readonly #keys: { privateKey: KeyObject; publicKey: KeyObject } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  #counter = 0;
  #owner = "";

  get id() {
    return b64(this.#id);
  }

  /** Answers the server's options for a new passkey. */
  create(options: PublicKeyCredentialCreationOptionsJSON, wishes: Wishes = {}): RegistrationResponseJSON {
    this.#owner = options.user.id;
    const { x, y } = this.#keys.publicKey.export({ format: "jwk" });
    const cose = isoCBOR.encode(new Map<number, number | Uint8Array>([[1, 2], [3, -7], [-1, 1], [-2, new Uint8Array(Buffer.from(x!, "base64url"))], [-3, new Uint8Array(Buffer.from(y!, "base64url"))]]));
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.#id.length);
    const authData = Buffer.concat([this.#authData(options.rp.id!, HAS_KEY, wishes), Buffer.alloc(16), length, this.#id, cose]);
    const attestationObject = isoCBOR.encode(new Map<string, unknown>([["fmt", "none"], ["attStmt", new Map()], ["authData", new Uint8Array(authData)]]) as never);
    return this.#credential({ clientDataJSON: this.#clientData("webauthn.create", options.challenge, wishes), attestationObject: b64(attestationObject), transports: ["internal"] });
  }

  /** Answers the server's options for showing it. */
  show(options: PublicKeyCredentialRequestOptionsJSON, wishes: Wishes = {}): AuthenticationResponseJSON {
    this.#counter = wishes.counter ?? this.#counter + 1;
    const authenticatorData = this.#authData(options.rpId!, 0, wishes);
    const clientDataJSON = this.#clientData("webauthn.get", options.challenge, wishes);
    const signature = sign("sha256", Buffer.concat([authenticatorData, sha256(Buffer.from(clientDataJSON, "base64url"))]), this.#keys.privateKey);
    return this.#credential({ clientDataJSON, authenticatorData: b64(authenticatorData), signature: b64(signature), userHandle: this.#owner });
  }

  #authData(rpId: string, flags: number, { rpId: other, verifies = true }: Wishes): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.#counter);
    return Buffer.concat([sha256(other ?? rpId), Buffer.from([flags | PRESENT | BACKED_UP | (verifies ? VERIFIED : 0)]), counter]);
  }

  #clientData(type: string, challenge: string, { origin = "http://localhost:3000", challenge: other }: Wishes): string {
    return b64(JSON.stringify({ type, challenge: other ?? challenge, origin, crossOrigin: false }));
  }

  #credential<R>(response: R) {
    return { id: this.id, rawId: this.id, type: "public-key" as const, clientExtensionResults: {}, response };
  }
}
