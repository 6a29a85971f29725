import "server-only";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { db, type Transaction } from "@/db/client";
import { idSchema } from "@/lib/platform/ids";
import { defineJob } from "@/lib/platform/jobs/define";
import { signalChanged, signalThread } from "./signal";
import { partPeople, settleAll } from "./vanishing";
import { lockThreadsOf, lowerThreads } from "./write";

/** Conversations that are locked together at most. */
const AT_ONCE = 200;
const NAMES_KEPT = sql.raw("interval '30 days'");

/** Removes for good what has gone by itself; nobody has read it since it was due. What its sender's device called it is kept for a while. Returns how many. */
export async function removeVanished(signal?: AbortSignal): Promise<number> {
  for (let removed = 0; ; ) {
    const { seen, gone } = await db().transaction(removeSome);
    for (const { id, thread_id } of gone) signalChanged(thread_id, id);
    removed += gone.length;
    if (seen < AT_ONCE || signal?.aborted) return removed;
  }
}

async function removeSome(tx: Transaction): Promise<{ seen: number; gone: { id: string; thread_id: string }[] }> {
  const due = [...(await tx.execute<{ id: string }>(sql`select id::text from messages where vanishes_at <= now() order by vanishes_at limit ${AT_ONCE}`))].map(({ id }) => id);
  if (due.length === 0) return { seen: 0, gone: [] };
  await lockThreadsOf(tx, due);
  await lowerThreads(tx, due);
  const gone = await tx.execute<{ id: string; thread_id: string }>(sql`
    with gone as (delete from messages where id = any (${sql.param(due)}::text[]::bigint[]) returning id, thread_id, sender_id, client_id),
      named as (insert into gone_messages (thread_id, sender_id, client_id, message_id) select thread_id, sender_id, client_id, id from gone where client_id is not null on conflict do nothing)
    select id::text, thread_id::text from gone`);
  return { seen: due.length, gone: [...gone] };
}

const vanish = defineJob({ name: "messages.vanish", schedule: "* * * * *", priority: -5, concurrency: 1, timeoutSeconds: 300, schema: z.object({}), handler: (_, { signal }) => removeVanished(signal) });

const settle = defineJob({
  name: "messages.settle",
  schedule: "17 * * * *",
  priority: -5,
  concurrency: 1,
  timeoutSeconds: 300,
  schema: z.object({}),
  async handler(_, { signal }) {
    await settleAll(signal);
    await db().execute(sql`delete from gone_messages where gone_at < now() - ${NAMES_KEPT}`);
  },
});

const blocked = defineJob({ name: "messages.blocked", on: "user.blocked", schema: z.object({ blockerId: idSchema, blockedId: idSchema }), handler: ({ blockerId, blockedId }) => partPeople(blockerId, blockedId) });

/** Open conversations show a photo or voice note when it is ready, or that it is not. */
const tellReady = defineJob({
  name: "messages.tell-ready",
  on: ["media.ready", "media.failed"],
  priority: 15,
  schema: z.object({ mediaId: idSchema }),
  async handler({ mediaId }) {
    const [row] = await db().execute<{ id: string; thread_id: string }>(sql`select m.id::text, m.thread_id::text from message_media mm join messages m on m.id = mm.message_id where mm.media_id = ${mediaId}::bigint`);
    if (row) signalChanged(row.thread_id, row.id);
    const [group] = await db().execute<{ id: string }>(sql`select id::text from threads where picture_media_id = ${mediaId}::bigint`);
    if (group) signalThread(group.id);
  },
});

export const jobs = [vanish, settle, blocked, tellReady];
