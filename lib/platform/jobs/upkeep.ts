import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import { freeze, listClosedMonths } from "./closed-months";
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

/** Read by nobody once a replica has it. */
const recentWrites = defineJob({
  name: "upkeep.recent-writes",
  schedule: "7 4 * * *",
  schema: nothing,
  timeoutSeconds: 300,
  handler: (_, { signal }) =>
    deleteAll(signal, () => db().execute(sql`
      delete from recent_writes where ctid in (select ctid from recent_writes where at < now() - interval '1 hour' limit ${AT_ONCE}) returning 1`)),
});

/**
 * A month of posts that is over is frozen once: Postgres, which must look through every table now and then so that its transaction numbers
 * do not run out, passes over pages that are. Its statistics are made for the last time, too.
 */
const closedMonths = defineJob({
  name: "upkeep.closed-months",
  schedule: "27 4 * * *",
  schema: nothing,
  timeoutSeconds: 3_600,
  async handler(_, { signal }) {
    for (const table of await listClosedMonths()) if (!signal.aborted) await freeze(table);
  },
});

async function deleteAll(signal: AbortSignal, deleteSome: () => Promise<{ length: number }>): Promise<void> {
  while (!signal.aborted && (await deleteSome()).length === AT_ONCE);
}

export const jobs = [partitions, requestKeys, sessions, recentWrites, closedMonths];
