import { sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { executePrepared } from "@/db/prepared";
import { enqueue } from "@/lib/platform/jobs/queue";
import { pushGroup } from "./jobs";

/** Seconds in which what happens to one group becomes one push, and in which it may be taken back or read. */
export const FIRST_AFTER = 10;
/** Seconds between pushes of a group that goes on growing. */
export const AGAIN_AFTER = 15 * 60;

/** Has a group that has just changed pushed in a moment, if its person takes pushes anywhere. */
export async function schedulePush(tx: Executor, userId: string, notificationId: string): Promise<void> {
  const [row] = await executePrepared<{ at: string }>(tx, sql`
    select greatest(now() + make_interval(secs => ${FIRST_AFTER}), (select p.pushed_at + make_interval(secs => ${AGAIN_AFTER}) from notification_pushes p where p.notification_id = ${notificationId}::bigint)) as at
    where exists (select 1 from push_subscriptions where user_id = ${userId}::bigint)`);
  // One that waits already will see what is there when it starts.
  if (row) await enqueue(tx, pushGroup, { notificationId }, { runAt: new Date(row.at), singletonKey: notificationId });
}
