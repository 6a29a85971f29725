import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";

/** Drops the further sizes of photos that earlier runs left to be made, and waits for the one that is being made. */
export async function dropBacklog(): Promise<void> {
  await db().execute(sql`delete from pgboss.job where name = 'media.refine' and state < 'active'`);
  await rested();
}

/** Until nothing is left to do for photos: by then all is quiet. */
export async function rested(): Promise<void> {
  while ((await db().execute(sql`select 1 from pgboss.job where name like 'media.%' and state < 'completed' and start_after < now() limit 1`)).length > 0) await sleep(250);
}
