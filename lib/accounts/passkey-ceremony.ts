import "server-only";
import {
  type AuthenticationResponseJSON, generateAuthenticationOptions, generateRegistrationOptions, type PublicKeyCredentialCreationOptionsJSON, type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON, verifyAuthenticationResponse, verifyRegistrationResponse, type WebAuthnCredential,
} from "@simplewebauthn/server";
import { type Executor } from "@/db/client";
import { ownOrigin } from "@/lib/platform/http/origin";
import { type ChallengeKind, openChallenge, takeChallenge } from "./challenges";

/** This server towards authenticators: where the browser is, and the name that passkeys are bound to (its host). */
export type Party = { origin: string; id: string };

export function partyOf(headers: Headers): Party {
  const origin = ownOrigin(headers);
  return { origin, id: new URL(origin).hostname };
}

export type Credential = { credential_id: string; public_key: string; counter: string | number; transports: string[] };
const transportsOf = ({ transports }: Credential) => transports as WebAuthnCredential["transports"];
const described = (keys: readonly Credential[]) => keys.map((key) => ({ id: key.credential_id, transports: transportsOf(key) }));

/** Options for making a passkey that names its owner by itself, on none of the authenticators that have one. */
export async function beginRegistration(party: Party, person: { id: string; username: string; fullName: string }, known: readonly Credential[]): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const options = await generateRegistrationOptions({
    rpName: "Heliograph", rpID: party.id, userID: new TextEncoder().encode(person.id), userName: person.username, userDisplayName: person.fullName || person.username,
    attestationType: "none", excludeCredentials: described(known), authenticatorSelection: { residentKey: "required", userVerification: "preferred" },
  });
  await openChallenge("passkey_register", person.id, options.challenge);
  return options;
}

/** Options for showing a passkey: any (null), or one of `own`. */
export async function beginAssertion(party: Party, kind: "passkey_login" | "passkey_prove", userId: string | null, own: readonly Credential[] = []): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const options = await generateAuthenticationOptions({ rpID: party.id, allowCredentials: described(own), userVerification: "preferred" });
  await openChallenge(kind, userId, options.challenge);
  return options;
}

/** Uses up the challenge that an answer names, so that no answer counts twice. */
async function takeNamed(tx: Executor, kind: ChallengeKind, userId: string | null, clientData: string): Promise<string | null> {
  const { challenge } = JSON.parse(Buffer.from(clientData, "base64url").toString()) as { challenge?: unknown };
  return typeof challenge === "string" && (await takeChallenge(tx, kind, userId, challenge)) ? challenge : null;
}

/** What a new passkey is, or null when the answer is not one to our question. */
export async function finishRegistration(tx: Executor, party: Party, userId: string, response: RegistrationResponseJSON): Promise<(Credential & { is_backed_up: boolean }) | null> {
  const verified = await unlessMalformed(async () => {
    const challenge = await takeNamed(tx, "passkey_register", userId, response.response.clientDataJSON);
    return challenge === null ? null : verifyRegistrationResponse({ response, expectedChallenge: challenge, expectedOrigin: party.origin, expectedRPID: party.id, requireUserVerification: false });
  });
  if (!verified?.verified) return null;
  const { credential, credentialBackedUp } = verified.registrationInfo;
  return {
    credential_id: credential.id, public_key: Buffer.from(credential.publicKey).toString("base64url"), counter: credential.counter,
    transports: (credential.transports ?? []).filter((one) => typeof one === "string").slice(0, 10), is_backed_up: credentialBackedUp,
  };
}

/** Whether a shown passkey is `key`, how often it was used by its own count, and whether its owner was recognised by it; null when it is not right. */
export async function finishAssertion(
  tx: Executor, party: Party, kind: "passkey_login" | "passkey_prove", userId: string | null, response: AuthenticationResponseJSON, key: Credential,
): Promise<{ counter: number; isVerified: boolean } | null> {
  const verified = await unlessMalformed(async () => {
    const challenge = await takeNamed(tx, kind, userId, response.response.clientDataJSON);
    const credential = { id: key.credential_id, publicKey: new Uint8Array(Buffer.from(key.public_key, "base64url")), counter: Number(key.counter), transports: transportsOf(key) };
    return challenge === null ? null : verifyAuthenticationResponse({ response, expectedChallenge: challenge, expectedOrigin: party.origin, expectedRPID: party.id, credential, requireUserVerification: false });
  });
  return verified?.verified ? { counter: verified.authenticationInfo.newCounter, isVerified: verified.authenticationInfo.userVerified } : null;
}

/** The library throws at whatever is not as it must be; the database's own errors (which have a code) are none of that. */
async function unlessMalformed<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    for (let e = error as { code?: unknown; query?: unknown; cause?: unknown } | undefined; e; e = e.cause as typeof e) if (e.query !== undefined) throw error;
    return null;
  }
}
