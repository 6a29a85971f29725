import "server-only";
import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { conflict, invalid, notFound } from "@/lib/platform/errors";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { type Addressee, warnOfChange } from "./letters";
import { beginRegistration, type Credential, finishRegistration, type Party } from "./passkey-ceremony";
import { type Proof, requireRecentProof } from "./proof";
import type { PasskeyView } from "./types";

/** Passkeys that one person may have. */
export const PASSKEYS_MAX = 20;

type Row = Omit<PasskeyView, "created_at" | "last_used_at"> & { created_at: string; last_used_at: string | null };
const COLUMNS = sql`id, name, is_backed_up, created_at, last_used_at`;
const iso = (time: string) => new Date(time).toISOString();
const toView = ({ created_at, last_used_at, ...row }: Row): PasskeyView => ({ ...row, created_at: iso(created_at), last_used_at: last_used_at && iso(last_used_at) });

/** One's own passkeys, newest first. */
export async function listPasskeys(viewer: Viewer): Promise<PasskeyView[]> {
  const rows = await db().execute<Row>(sql`select ${COLUMNS} from passkeys where user_id = ${viewer.id}::bigint order by id desc`);
  return [...rows].map(toView);
}

/** The same as authenticators know them. */
export async function listCredentials(userId: string): Promise<Credential[]> {
  return [...(await db().execute<Credential>(sql`select credential_id, public_key, counter, transports from passkeys where user_id = ${userId}::bigint`))];
}

/** Begins to add a passkey. Throws step_up_required, conflict when there are too many. */
export async function startPasskey(viewer: Viewer, party: Party, proof?: Proof): Promise<PublicKeyCredentialCreationOptionsJSON> {
  await requireRecentProof(viewer, proof);
  const known = await listCredentials(viewer.id);
  if (known.length >= PASSKEYS_MAX) throw conflict(`You have ${PASSKEYS_MAX} passkeys. Remove one first.`);
  return beginRegistration(party, viewer, known);
}

/** Adds the passkey that the authenticator has made, under a name that can be changed. Throws invalid, conflict when it is known already. */
export async function addPasskey(viewer: Viewer, party: Party, { response, name }: { response: RegistrationResponseJSON; name: string }): Promise<PasskeyView> {
  return db().transaction(async (tx) => {
    const [person] = await tx.execute<Addressee>(sql`select id, username, email from users where id = ${viewer.id}::bigint for update`);
    const made = await finishRegistration(tx, party, viewer.id, response);
    if (!made) throw invalid("This is not a passkey that was asked for here. Try again.");
    const [row] = await tx.execute<Row>(sql`
      insert into passkeys (user_id, credential_id, public_key, counter, transports, name, is_backed_up)
      select ${viewer.id}::bigint, ${made.credential_id}, ${made.public_key}, ${made.counter}::bigint, ${sql.param(made.transports)}::text[], ${name}, ${made.is_backed_up}
      where (select count(*) from passkeys where user_id = ${viewer.id}::bigint) < ${PASSKEYS_MAX}::int
      on conflict do nothing returning ${COLUMNS}`);
    if (!row) throw conflict("This passkey cannot be added: it is here already, or you have too many.");
    await warnOfChange(tx, person!, "passkey_added");
    return toView(row);
  });
}

/** Throws not_found, also for another's. */
export async function renamePasskey(viewer: Viewer, id: string, name: string): Promise<PasskeyView> {
  const [row] = await db().execute<Row>(sql`update passkeys set name = ${name} where id = ${id}::bigint and user_id = ${viewer.id}::bigint returning ${COLUMNS}`);
  if (!row) throw notFound();
  return toView(row);
}

/** Removes a passkey. Throws step_up_required, not_found, also for another's. */
export async function removePasskey(viewer: Viewer, id: string, proof?: Proof): Promise<void> {
  await requireRecentProof(viewer, proof);
  const rows = await db().execute(sql`delete from passkeys where id = ${id}::bigint and user_id = ${viewer.id}::bigint returning 1`);
  if (rows.length === 0) throw notFound();
}
