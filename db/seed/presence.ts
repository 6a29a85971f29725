import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { usernameKey } from "@/lib/accounts/username";
import { env } from "@/lib/platform/env";
import { PEOPLE } from "./people";

/** Addresses that no mail ever reaches (RFC 2606), by which the demo's people are known. */
export const DEMO_MAIL = "demo.example";

/** Whether the community is there. Throws when somebody else has one of its names. */
export async function isDemoThere(): Promise<boolean> {
  const rows = await db().execute<{ username: string; email_key: string }>(sql`
    select username, email_key from users where username_key in ${PEOPLE.map((person) => usernameKey(person.username))}`);
  const stranger = [...rows].find((row) => !row.email_key.endsWith(`@${DEMO_MAIL}`));
  if (stranger) throw new Error(`Somebody here is called ${stranger.username}, which the demo needs. Run it on an empty server: move the data folder away or set DATA_DIR.`);
  return rows.length > 0;
}

/** Whether a demo person came first on this server. */
export async function isAdministrator(username: string): Promise<boolean> {
  const rows = await db().execute(sql`select 1 from users where username_key = ${usernameKey(username)} and role = 'administrator'`);
  return rows.length > 0;
}

const file = () => join(env().DATA_DIR, "demo-password");

/** The password of all demo people: made once and kept beside the data, so that it can be shown again. Null when it is not there. */
export async function readDemoPassword(): Promise<string | null> {
  return readFile(file(), "utf8").then((text) => text.trim() || null, () => null);
}

/** Makes the password of a new demo. */
export async function makeDemoPassword(): Promise<string> {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const word = () => [...randomBytes(4)].map((byte) => letters[byte % letters.length]).join("");
  const password = [word(), word(), word()].join("-");
  await mkdir(env().DATA_DIR, { recursive: true });
  await writeFile(file(), `${password}\n`, { mode: 0o600 });
  await chmod(file(), 0o600);
  return password;
}
