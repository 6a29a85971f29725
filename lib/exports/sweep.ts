import "server-only";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { workBase } from "@/lib/media/servant";
import { storage } from "@/lib/platform/storage/storage";
import { EXPORTS } from "./limits";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Where a copy is packed before it goes into storage. */
export const WORK_FOLDER = "heliograph-export-";

/** Removes packed copies whose days are over, files that no row names, and what killed runs have left. */
export async function sweepExports(now = Date.now()): Promise<void> {
  const old = await db().execute<{ id: string; storage_key: string | null }>(sql`
    select id, storage_key from data_exports where (expires_at < now() and created_at < now() - interval '1 day') or (state = 'failed' and created_at < now() - interval '4 days')`);
  for (const { id, storage_key } of old) await removeExport(id, storage_key);
  const known = new Set([...(await db().execute<{ storage_key: string }>(sql`select storage_key from data_exports where storage_key is not null`))].map((row) => row.storage_key));
  for await (const { key, modifiedAt } of storage().list(EXPORTS)) if (!known.has(key) && now - modifiedAt.getTime() > DAY_MS) await storage().delete(key);
  await removeAbandonedFolders(now);
}

/** The file first: while the row is there it can be tried again. */
export async function removeExport(id: string, key: string | null): Promise<void> {
  if (key !== null) await storage().delete(key);
  await db().execute(sql`delete from data_exports where id = ${id}::bigint`);
}

/** Removes all packed copies of a person who goes for good. */
export async function eraseExports(userId: string): Promise<void> {
  const keys: string[] = [];
  for await (const { key } of storage().list(`${EXPORTS}${userId}/`)) keys.push(key);
  await storage().deleteMany(keys);
  await db().execute(sql`delete from data_exports where user_id = ${userId}::bigint`);
}

async function removeAbandonedFolders(now: number): Promise<void> {
  for (const name of await readdir(workBase())) {
    if (!/^heliograph-export-\w{6}$/.test(name)) continue;
    const path = join(workBase(), name);
    const found = await stat(path).catch(() => null);
    if (found && now - found.mtimeMs > HOUR_MS) await rm(path, { recursive: true, force: true });
  }
}
