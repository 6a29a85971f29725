import { createDecipheriv, createECDH, createPublicKey, type ECDH, hkdfSync, randomBytes, verify } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { env } from "@/lib/platform/env";

export type Received = { path: string; headers: IncomingHttpHeaders; body: Buffer };

const hkdf = (secret: Buffer, salt: Buffer, info: Buffer, length: number) => Buffer.from(hkdfSync("sha256", secret, salt, info, length));
const json = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());

/** A browser as its push service and we know it: an address, and keys whose private half never leaves it. */
export class Browser {
  readonly #ecdh: ECDH = createECDH("prime256v1");
  readonly #auth = randomBytes(16);
  readonly #p256dh: Buffer;
  constructor(readonly endpoint: string) {
    this.#p256dh = this.#ecdh.generateKeys();
  }
  toJSON() {
    return { endpoint: this.endpoint, keys: { p256dh: this.#p256dh.toString("base64url"), auth: this.#auth.toString("base64url") } };
  }
  /** Decrypts as a browser does (RFC 8291), written apart from what encrypts. Throws when it was for somebody else or tampered with. */
  open(body: Buffer): Record<string, unknown> {
    const [salt, length] = [body.subarray(0, 16), body.readUInt8(20)];
    const sender = body.subarray(21, 21 + length);
    const sealed = body.subarray(21 + length);
    if (body.readUInt32BE(16) < sealed.length) throw new Error("more than one record");
    const key = hkdf(this.#ecdh.computeSecret(sender), this.#auth, Buffer.concat([Buffer.from("WebPush: info\0"), this.#p256dh, sender]), 32);
    const cipher = createDecipheriv("aes-128-gcm", hkdf(key, salt, Buffer.from("Content-Encoding: aes128gcm\0"), 16), hkdf(key, salt, Buffer.from("Content-Encoding: nonce\0"), 12));
    cipher.setAuthTag(sealed.subarray(-16));
    const padded = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
    const end = padded.lastIndexOf(2);
    return JSON.parse(padded.subarray(0, end).toString()) as Record<string, unknown>;
  }
}

/** A real push service on loopback, which can be told what to answer. Checks who sends, as RFC 8292 says. */
export class PushService {
  readonly received: Received[] = [];
  answer: number | ((path: string) => number) = 201;
  #server: Server;
  #count = 0;
  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<PushService> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const service = new PushService(server);
    server.on("request", (req, res) => {
      const parts: Buffer[] = [];
      req.on("data", (part: Buffer) => parts.push(part)).on("end", () => {
        service.received.push({ path: req.url!, headers: req.headers, body: Buffer.concat(parts) });
        res.writeHead(typeof service.answer === "number" ? service.answer : service.answer(req.url!), { location: "http://127.0.0.1:1/elsewhere" }).end("x".repeat(100_000));
      });
    });
    env().PUSH_HOSTS.push(service.origin);
    return service;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  browser(): Browser {
    return new Browser(`${this.origin}/push/${++this.#count}-${randomBytes(8).toString("hex")}`);
  }

  /** What a browser was sent, oldest first, decrypted. */
  sentTo(browser: Browser): Record<string, unknown>[] {
    return this.received.filter(({ path }) => browser.endpoint.endsWith(path)).map(({ body }) => browser.open(body));
  }

  /** The claims of the sender's token; throws unless it is signed by the key that it names. */
  static claimsOf({ headers }: Received): { aud: string; exp: number; sub: string; key: string } {
    const [, token, key] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(headers.authorization ?? "") ?? [];
    const [head, claims, signature] = token!.split(".");
    const point = Buffer.from(key!, "base64url");
    const publicKey = createPublicKey({ format: "jwk", key: { kty: "EC", crv: "P-256", x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") } });
    const isSigned = verify("sha256", Buffer.from(`${head}.${claims}`), { key: publicKey, dsaEncoding: "ieee-p1363" }, Buffer.from(signature!, "base64url"));
    if (!isSigned || json(head!).alg !== "ES256") throw new Error("the sender's token is not signed by its key");
    return { ...json(claims!), key: key! };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
