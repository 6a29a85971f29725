import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import { idSchema } from "@/lib/platform/ids";
import { defineJob, type JobDefinition } from "@/lib/platform/jobs/define";
import { enqueue, enqueueMany } from "@/lib/platform/jobs/queue";
import { quietUntil } from "../choices";
import { composeMessagePush, pushTo, quietUntilOf } from "./push";
import { RETRIES } from "./retries";
import { readSubscriptions } from "./subscriptions";

/** Seconds in which what is written becomes one push, and in which whoever looks has read it. */
const AFTER = 5;
const DAY_SECONDS = 86_400;

/** Somebody wrote: in a moment those of the conversation hear of it who take pushes anywhere. */
const sent = defineJob({
  name: "notifications.message-sent",
  on: "message.sent",
  schema: z.object({ threadId: idSchema, senderId: idSchema }),
  keepSeconds: DAY_SECONDS,
  async handler({ threadId, senderId }) {
    const rows = await db().execute<{ user_id: string }>(sql`
      select me.user_id::text from thread_members me where me.thread_id = ${threadId}::bigint and me.user_id <> ${senderId}::bigint and me.until_id is null and not me.is_muted and me.folder <> 'declined'
        and exists (select 1 from push_subscriptions p where p.user_id = me.user_id)`);
    const runAt = new Date(Date.now() + AFTER * 1000);
    for (const { user_id: userId } of rows) await enqueue(db(), pushConversation, { threadId, userId }, { runAt, singletonKey: `${threadId}:${userId}` });
  },
});

const pushConversation: JobDefinition<{ threadId: string; userId: string }> = defineJob({
  name: "notifications.push-conversation",
  schema: z.object({ threadId: idSchema, userId: idSchema }),
  keepSeconds: DAY_SECONDS,
  async handler({ threadId, userId }) {
    const until = await quietUntil(userId, new Date());
    if (until) return enqueue(db(), pushConversation, { threadId, userId }, { runAt: until, singletonKey: `${threadId}:${userId}` });
    if (!(await composeMessagePush(threadId, userId))) return;
    const devices = await readSubscriptions({ userId });
    await enqueueMany(db(), pushMessage, devices.map(({ id }) => ({ subscriptionId: id, threadId })));
  },
});

/** Sent twice, the second takes the place of the first on the device. */
const pushMessage: JobDefinition<{ subscriptionId: string; threadId: string }> = defineJob({
  name: "notifications.push-message",
  schema: z.object({ subscriptionId: idSchema, threadId: idSchema }),
  retryLimit: RETRIES,
  keepSeconds: DAY_SECONDS,
  async handler({ subscriptionId, threadId }, { attempt, signal }) {
    // When it was put in the queue it was not quiet; attempts after the first may be hours later.
    const until = attempt > 1 ? await quietUntilOf(subscriptionId) : null;
    if (until) return enqueue(db(), pushMessage, { subscriptionId, threadId }, { runAt: until, singletonKey: `${subscriptionId}:${threadId}` });
    const outcome = await pushTo(subscriptionId, (userId) => composeMessagePush(threadId, userId), signal);
    if (outcome?.kind === "later" && attempt <= RETRIES) throw new Error(outcome.problem);
  },
});

export const messageJobs = [sent, pushConversation, pushMessage];
