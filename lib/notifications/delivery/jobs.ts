import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import { idSchema } from "@/lib/platform/ids";
import { defineJob, type JobDefinition } from "@/lib/platform/jobs/define";
import { enqueue, enqueueMany } from "@/lib/platform/jobs/queue";
import { quietUntil } from "../choices";
import { listDueDigests, sendDigest } from "./digest";
import { composePush, pushTo, quietUntilOf } from "./push";
import { readUnread } from "./recipient";
import { messageJobs } from "./messages";
import { RETRIES } from "./retries";
import { readSubscriptions, sweepSubscriptions } from "./subscriptions";

const DIGESTS_AT_ONCE = 500;

/** A group's push is due: each of its person's devices gets a job of its own. No state of a group is pushed twice. */
export const pushGroup: JobDefinition<{ notificationId: string }> = defineJob({
  name: "notifications.push",
  schema: z.object({ notificationId: idSchema }),
  keepSeconds: 86_400,
  async handler({ notificationId }) {
    const group = await readUnread(notificationId);
    if (!group) return;
    const until = await quietUntil(group.user_id, new Date());
    if (until) return enqueue(db(), pushGroup, { notificationId }, { runAt: until, singletonKey: notificationId });
    if (!(await composePush(notificationId, group.user_id))) return;
    const devices = await readSubscriptions({ userId: group.user_id });
    if (devices.length === 0) return;
    await db().transaction(async (tx) => {
      const claimed = await tx.execute(sql`
        insert into notification_pushes (notification_id, latest_id) select id, ${group.latest_id}::bigint from notifications where id = ${notificationId}::bigint
        on conflict (notification_id) do update set latest_id = excluded.latest_id, pushed_at = now() where notification_pushes.latest_id < excluded.latest_id returning 1`);
      if (claimed.length > 0) await enqueueMany(tx, pushDevice, devices.map(({ id }) => ({ subscriptionId: id, notificationId })));
    });
  },
});

const pushDevice: JobDefinition<{ subscriptionId: string; notificationId: string }> = defineJob({
  name: "notifications.push-device",
  schema: z.object({ subscriptionId: idSchema, notificationId: idSchema }),
  retryLimit: RETRIES,
  keepSeconds: 86_400,
  async handler({ subscriptionId, notificationId }, { attempt, signal }) {
    // When it was put in the queue it was not quiet; attempts after the first may be hours later.
    const until = attempt > 1 ? await quietUntilOf(subscriptionId) : null;
    if (until) return enqueue(db(), pushDevice, { subscriptionId, notificationId }, { runAt: until, singletonKey: `${subscriptionId}:${notificationId}` });
    const outcome = await pushTo(subscriptionId, (userId) => composePush(notificationId, userId), signal);
    // At the end it is given up in silence: the device's row says what was wrong.
    if (outcome?.kind === "later" && attempt <= RETRIES) throw new Error(outcome.problem);
  },
});

const sweep = defineJob({ name: "notifications.sweep-push", schedule: "29 * * * *", schema: z.object({}), handler: sweepSubscriptions });

const digest = defineJob({ name: "notifications.digest", schema: z.object({ userId: idSchema }), priority: -5, handler: ({ userId }) => sendDigest(userId) });

/** Every quarter of an hour it is eight somewhere. */
const digests = defineJob({
  name: "notifications.digests",
  schedule: "*/15 * * * *",
  schema: z.object({}),
  timeoutSeconds: 300,
  async handler() {
    for (let after = "0"; ; ) {
      const due = await listDueDigests(after, DIGESTS_AT_ONCE);
      await enqueueMany(db(), digest, due.map((userId) => ({ userId })));
      if (due.length < DIGESTS_AT_ONCE) return;
      after = due.at(-1)!;
    }
  },
});

export const deliveryJobs = [...messageJobs, pushGroup, pushDevice, sweep, digest, digests];
