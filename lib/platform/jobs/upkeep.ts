import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import { defineJob } from "./define";

const nothing = z.object({});
/** Rows per statement, so that none of them locks much for long. */
const AT_ONCE = 5_000;

/** The first of these months is always there before a post needs it. */
const partitions = defineJob({
  name: "upkeep.partitions",
  schedule: "17 3 * * *",
  schema: nothing,
  handler: () => db().execute(sql`select ensure_post_partitions(), ensure_seen_partitions()`),
});

/** A request may be repeated for 24 hours (API.md); after twice that nobody will. */
const requestKeys = defineJob({
  name: "upkeep.request-keys",
  schedule: "37 3 * * *",
  schema: nothing,
  timeoutSeconds: 300,
  handler: (_, { signal }) =>
    deleteAll(signal, () => db().execute(sql`
      delete from idempotency_keys where ctid in (select ctid from idempotency_keys where created_at < now() - interval '48 hours' limit ${AT_ONCE}) returning 1`)),
});

/** Ended sessions are shown to nobody and let nobody in. */
const sessions = defineJob({
  name: "upkeep.sessions",
  schedule: "57 3 * * *",
  schema: nothing,
  timeoutSeconds: 300,
  handler: (_, { signal }) =>
    deleteAll(signal, () => db().execute(sql`
      delete from sessions where ctid in (select ctid from sessions where expires_at < now() or revoked_at < now() - interval '7 days' limit ${AT_ONCE}) returning 1`)),
});

async function deleteAll(signal: AbortSignal, deleteSome: () => Promise<{ length: number }>): Promise<void> {
  while (!signal.aborted && (await deleteSome()).length === AT_ONCE);
}

export const jobs = [partitions, requestKeys, sessions];
