import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { env } from "@/lib/platform/env";
import { forgetJobs } from "@/lib/platform/jobs/forget";
import { replica, storage } from "@/lib/platform/storage/storage";
import type { ObjectStorage } from "@/lib/platform/storage/types";
import { ORIGINALS, VARIANTS } from "./keys";
import { purgeAddresses } from "./purge";

const AT_ONCE = 50;

type Row = { id: string; original_key: string; upload_id: string | null };

/** Has the CDN forget whatever it may still keep of a person's files. They are hidden since long; the rows name what to forget, so they come first. */
export async function forgetAtCdn(userId: string): Promise<void> {
  if (env().CDN_PURGE_URL) await purgeAddresses({ userId });
}

/**
 * Removes every file of a person who goes for good: as it was brought, in both stores, all that was made of it in every version, subtitles, half-brought
 * ones. A row goes when its files are gone, so that a run that is broken off goes on where it was.
 */
export async function eraseFiles(userId: string): Promise<void> {
  for (;;) {
    const rows = [...(await db().execute<Row>(sql`select id, original_key, upload_id from media where owner_id = ${userId}::bigint order by id limit ${AT_ONCE}`))];
    if (rows.length === 0) return;
    for (const row of rows) await eraseFilesOf(row);
    const ids = `{${rows.map(({ id }) => id).join(",")}}`;
    await db().transaction(async (tx) => {
      await forgetJobs(tx, sql`select unnest(${ids}::text::text[]) as id`);
      await tx.execute(sql`delete from media where id = any(${ids}::text::bigint[])`);
    });
  }
}

async function eraseFilesOf({ id, original_key, upload_id }: Row): Promise<void> {
  if (upload_id !== null) await storage().abortParts(original_key, upload_id);
  for (const store of [storage(), replica()]) {
    if (!store) continue;
    await store.delete(original_key);
    for (const prefix of [`${ORIGINALS}${id}/`, `${VARIANTS}${id}/`]) await eraseBelow(store, prefix);
  }
}

async function eraseBelow(store: ObjectStorage, prefix: string): Promise<void> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  await store.deleteMany(keys);
}
