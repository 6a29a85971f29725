import "server-only";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import { idSchema } from "@/lib/platform/ids";
import { defineJob } from "@/lib/platform/jobs/define";
import { signalChanged, signalThread } from "./signal";
import { lowerThreads } from "./write";

const AT_ONCE = 1_000;

/** Removes for good what has gone by itself; nobody has read it since it was due. Returns how many. */
export async function removeVanished(signal?: AbortSignal): Promise<number> {
  for (let removed = 0; ; ) {
    const rows = await db().transaction(async (tx) => {
      const due = await tx.execute<{ id: string; thread_id: string }>(sql`select id::text, thread_id::text from messages where vanishes_at <= now() order by vanishes_at limit ${AT_ONCE} for update skip locked`);
      const ids = [...due].map(({ id }) => id);
      await lowerThreads(tx, ids);
      if (ids.length > 0) await tx.execute(sql`delete from messages where id = any (${sql.param(ids)}::text[]::bigint[])`);
      return [...due];
    });
    for (const { id, thread_id } of rows) signalChanged(thread_id, id);
    removed += rows.length;
    if (rows.length < AT_ONCE || signal?.aborted) return removed;
  }
}

const vanish = defineJob({ name: "messages.vanish", schedule: "* * * * *", priority: -5, concurrency: 1, timeoutSeconds: 300, schema: z.object({}), handler: (_, { signal }) => removeVanished(signal) });

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

export const jobs = [vanish, tellReady];
