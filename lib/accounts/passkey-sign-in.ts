import "server-only";
import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import { sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { invalid, unauthenticated } from "@/lib/platform/errors";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { Origin } from "./known-devices";
import { beginAssertion, type Credential, finishAssertion, type Party } from "./passkey-ceremony";
import { listCredentials } from "./passkeys";
import { noteProof } from "./proof";
import { admit, findPersonById } from "./service";
import type { OpenedSession } from "./sessions";

const UNKNOWN = "This passkey opens no account here.";

/** Options for signing in with whichever passkey the person chooses; nobody says who they are. */
export const startPasskeySignIn = (party: Party): Promise<PublicKeyCredentialRequestOptionsJSON> => beginAssertion(party, "passkey_login", null);

/**
 * Opens a session for the owner of the passkey shown. One that recognised its owner (by finger, face or PIN) counts as both factors. Throws
 * unauthenticated, with the same words whatever is wrong; two_factor_required, forbidden (suspended), too_many.
 */
export async function signInWithPasskey(party: Party, response: AuthenticationResponseJSON, origin: Origin): Promise<OpenedSession> {
  await limit("login", `address:${origin.address}`);
  const shown = await db().transaction(async (tx) => {
    const [key] = await tx.execute<Credential & { user_id: string }>(sql`
      select user_id, credential_id, public_key, counter, transports from passkeys where credential_id = ${response.id} for update`);
    const found = key && (await finishAssertion(tx, party, "passkey_login", null, response, key));
    if (!found || !belongs(response, key.user_id)) return null;
    await noteUse(tx, key, found.counter);
    return { userId: key.user_id, isVerified: found.isVerified };
  });
  const person = shown && (await findPersonById(shown.userId));
  if (!person) throw unauthenticated(UNKNOWN);
  return admit(person, origin, shown.isVerified);
}

const noteUse = (tx: Executor, { credential_id }: Credential, counter: number) =>
  tx.execute(sql`update passkeys set counter = ${counter}::bigint, last_used_at = now() where credential_id = ${credential_id}`);

/** A passkey names its owner, too; what it says must agree. */
const belongs = ({ response: { userHandle } }: AuthenticationResponseJSON, userId: string) => !userHandle || Buffer.from(userHandle, "base64url").toString() === userId;

/** Options for proving with one of one's own passkeys who one is. */
export const startPasskeyProof = async (viewer: Viewer, party: Party): Promise<PublicKeyCredentialRequestOptionsJSON> =>
  beginAssertion(party, "passkey_prove", viewer.id, await listCredentials(viewer.id));

/** Opens dangerous doors on this device by a passkey (proof.ts). Throws invalid. */
export async function proveWithPasskey(viewer: Viewer, party: Party, response: AuthenticationResponseJSON): Promise<void> {
  const isRight = await db().transaction(async (tx) => {
    const [key] = await tx.execute<Credential>(sql`
      select credential_id, public_key, counter, transports from passkeys where credential_id = ${response.id} and user_id = ${viewer.id}::bigint for update`);
    const found = key && (await finishAssertion(tx, party, "passkey_prove", viewer.id, response, key));
    if (found) await noteUse(tx, key, found.counter);
    return Boolean(found);
  });
  if (!isRight) throw invalid("This is not one of your passkeys.");
  await noteProof(viewer);
}
