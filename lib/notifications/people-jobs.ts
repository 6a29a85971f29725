import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import { idSchema } from "@/lib/platform/ids";
import { defineJob } from "@/lib/platform/jobs/define";
import { postVisible } from "@/lib/platform/visibility/visibility";
import { listTold, tell, withdraw } from "./notifier";

/** What may make it true that somebody stands in a post which they can see (another audience is an edit, too); `tell` says it once however often it is heard. */
export const TRUE_BY_NOW = ["post.published", "post.edited", "post.restored"] as const;

type Row = { user_id: string; author_id: string; states: string[] };

/** What the tagged people of a post are now, as far as they may see it once it is out. */
async function readTagged(postId: string, userId: string | null): Promise<Row[]> {
  return [...(await db().execute<Row>(sql`
    select t.user_id, p.author_id, array_agg(distinct t.state) as states from photo_tags t join media m on m.id = t.media_id and m.position is not null join posts p on p.id = t.post_id join users u on u.id = p.author_id
    where t.post_id = ${postId}::bigint and (${userId}::bigint is null or t.user_id = ${userId}::bigint) and p.status = 'published' and ${postVisible(sql`t.user_id`)} group by 1, 2`))];
}

/** Says once that somebody was tagged, or asks whether they may be; takes the question back once it is answered. */
async function settleTag(postId: string, { user_id: userId, author_id: actorId, states }: Row): Promise<void> {
  const asked = `tag_request:${postId}`;
  if (states.includes("proposed")) return tell({ userId, actorId, kind: "tag_request", groupKey: asked, dedupeKey: asked, postId });
  await withdraw(userId, [asked]);
  if (states.includes("shown")) await tell({ userId, actorId, kind: "tag", groupKey: `tag:${postId}`, dedupeKey: `tag:${postId}`, postId });
  else await withdraw(userId, [`tag:${postId}`]);
}

const tagged = defineJob({
  name: "notifications.tagged",
  on: "post.tagged",
  schema: z.object({ postId: idSchema, userId: idSchema }),
  async handler({ postId, userId }) {
    const rows = await readTagged(postId, userId);
    for (const row of rows) await settleTag(postId, row);
    if (rows.length === 0) await withdraw(userId, [`tag_request:${postId}`, `tag:${postId}`]);
  },
});

/** People who were tagged or invited when they could not see the post yet: it was being prepared, put away, or not for them. */
const published = defineJob({
  name: "notifications.published-tags",
  on: TRUE_BY_NOW,
  schema: z.object({ postId: idSchema }),
  async handler({ postId }) {
    await forgetUntagged(postId);
    for (const row of await readTagged(postId, null)) await settleTag(postId, row);
    for (const row of await readCollaborations(postId, null)) await settleCollaboration(postId, row);
  },
});

/** Takes back what was said of tags that went together with their photo. */
async function forgetUntagged(postId: string): Promise<void> {
  const keys = [`tag_request:${postId}`, `tag:${postId}`];
  const told = await listTold(postId, keys);
  if (told.length === 0) return;
  const rows = await db().execute<{ user_id: string }>(sql`select user_id from photo_tags t join media m on m.id = t.media_id and m.position is not null where t.post_id = ${postId}::bigint and t.state <> 'removed'`);
  const standing = new Set(rows.map((row) => row.user_id));
  for (const userId of told) if (!standing.has(userId)) await withdraw(userId, keys);
}

type Collaboration = { user_id: string; author_id: string; state: string };

async function readCollaborations(postId: string, userId: string | null): Promise<Collaboration[]> {
  return [...(await db().execute<Collaboration>(sql`
    select c.user_id, p.author_id, c.state from collaborators c join posts p on p.id = c.post_id join users u on u.id = p.author_id
    where c.post_id = ${postId}::bigint and (${userId}::bigint is null or c.user_id = ${userId}::bigint) and p.status = 'published' and ${postVisible(sql`c.user_id`)}`))];
}

/** Asks the invited once, tells the author once who accepted, and takes the question back once it is answered. */
async function settleCollaboration(postId: string, { user_id: userId, author_id: authorId, state }: Collaboration): Promise<void> {
  const asked = `collaboration:${postId}`;
  const told = `collaboration_accepted:${postId}:${userId}`;
  if (state === "invited") return tell({ userId, actorId: authorId, kind: "collaboration", groupKey: asked, dedupeKey: asked, postId });
  await withdraw(userId, [asked]);
  if (state === "accepted") await tell({ userId: authorId, actorId: userId, kind: "collaboration_accepted", groupKey: `collaboration_accepted:${postId}`, dedupeKey: told, postId });
  else await withdraw(authorId, [told]);
}

const collaborated = defineJob({
  name: "notifications.collaboration",
  on: "post.collaboration",
  schema: z.object({ postId: idSchema, userId: idSchema }),
  async handler({ postId, userId }) {
    const rows = await readCollaborations(postId, userId);
    for (const row of rows) await settleCollaboration(postId, row);
    if (rows.length === 0) await withdraw(userId, [`collaboration:${postId}`]);
  },
});

export const peopleJobs = [tagged, published, collaborated];
