import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import { executePrepared } from "@/db/prepared";
import { defineJob } from "@/lib/platform/jobs/define";
import { idSchema } from "@/lib/platform/ids";
import { COUNTED } from "@/lib/platform/visibility/comments";
import { postVisible } from "@/lib/platform/visibility/visibility";
import { listMentionedUserIds } from "@/lib/posts/mentions";
import { readHiddenWords } from "@/lib/privacy/hidden-words";
import { hasHiddenWord } from "@/lib/privacy/words";
import { deliveryJobs } from "./delivery/jobs";
import { settleLikes } from "./likes";
import { tellMilestone } from "./milestones";
import { peopleJobs, TRUE_BY_NOW } from "./people-jobs";
import { forgetPost, listTold, tell, withdraw, withdrawBetween } from "./notifier";

// Each handler first asks whether the event still holds: the like may be gone by the time the job runs.

const liked = defineJob({
  name: "notifications.liked",
  on: "post.liked",
  schema: z.object({ postId: idSchema, userId: idSchema }),
  handler: ({ postId, userId }) => settleLikes(postId, [userId]),
});

const unliked = defineJob({
  name: "notifications.unliked",
  on: "post.unliked",
  schema: z.object({ postId: idSchema, userId: idSchema }),
  handler: ({ postId, userId }) => settleLikes(postId, [userId]),
});

const likesChanged = defineJob({
  name: "notifications.likes-changed",
  on: "post.likes_changed",
  schema: z.object({ postId: idSchema, userIds: z.array(idSchema) }),
  // Large payloads, of which there may be some each second.
  keepSeconds: 86_400,
  handler: ({ postId, userIds }) => settleLikes(postId, userIds),
});

type CommentRow = { id: string; post_id: string; parent_id: string | null; user_id: string; content: string; author_id: string; parent_user_id: string | null; is_open: boolean };

const commented = defineJob({
  name: "notifications.commented",
  on: ["comment.created", "comment.changed"],
  schema: z.object({ commentId: idSchema }),
  async handler({ commentId }) {
    const [comment] = await db().execute<CommentRow>(sql`
      select c.id, c.post_id, c.parent_id, c.user_id, c.content, p.author_id, above.user_id as parent_user_id,
        ${sql.raw(COUNTED)} as is_open
      from comments c join posts p on p.id = c.post_id left join comments above on above.id = c.parent_id
      where c.id = ${commentId}::bigint and c.deleted_at is null and p.deleted_at is null`);
    if (!comment) return;
    if (comment.is_open) await tellOfComment(comment);
    else await takeBack(commentId);
  },
});

/**
 * Each person hears of a comment once: as an answer to them, else on their post, else because they are named. Nobody hears
 * of what has a word that they hide. Who is no longer named is told no longer.
 */
async function tellOfComment(comment: CommentRow) {
  const told = new Set([comment.user_id]);
  const base = { actorId: comment.user_id, postId: comment.post_id, commentId: comment.id };
  const once = async (userId: string, kind: "reply" | "comment" | "mention", groupKey: string) => {
    if (told.has(userId)) return;
    told.add(userId);
    if (!(await canSeePost(userId, comment.post_id)) || hasHiddenWord(comment.content, await readHiddenWords(userId, "comments"))) return;
    await tell({ ...base, userId, kind, groupKey, dedupeKey: `${kind}:${comment.id}` });
  };
  if (comment.parent_user_id) await once(comment.parent_user_id, "reply", `reply:${comment.parent_id}`);
  await once(comment.author_id, "comment", `comment:${comment.post_id}`);
  for (const userId of await listMentionedUserIds(comment.content, comment.user_id)) await once(userId, "mention", `mention:comment:${comment.id}`);
  await takeBack(comment.id, [...told]);
}

/** Takes back what people were told of a comment, but for those who may go on knowing it. */
async function takeBack(commentId: string, except: string[] = []): Promise<void> {
  const keys = ["reply", "comment", "mention"].map((kind) => `${kind}:${commentId}`);
  const rows = await db().execute<{ user_id: string }>(sql`
    select distinct user_id from notification_actors where comment_id = ${commentId}::bigint and dedupe_key = any (${sql.param(keys)}::text[]) and user_id <> all (${sql.param(except)}::bigint[])`);
  for (const { user_id: userId } of rows) await withdraw(userId, keys);
}

const uncommented = defineJob({
  name: "notifications.uncommented",
  on: "comment.deleted",
  schema: z.object({ commentId: idSchema, postId: idSchema }),
  async handler({ commentId }) {
    const rows = await db().execute<{ user_id: string; dedupe_key: string }>(sql`
      select distinct a.user_id, a.dedupe_key from notification_actors a where a.comment_id = ${commentId}::bigint`);
    for (const row of rows) await withdraw(row.user_id, [row.dedupe_key]);
  },
});

const commentLiked = defineJob({
  name: "notifications.comment-liked",
  on: "comment.liked",
  schema: z.object({ commentId: idSchema, userId: idSchema }),
  async handler({ commentId, userId }) {
    const [comment] = await db().execute<{ user_id: string; post_id: string }>(sql`
      select c.user_id, c.post_id from comments c join comment_likes l on l.comment_id = c.id and l.user_id = ${userId}::bigint
      where c.id = ${commentId}::bigint and c.deleted_at is null`);
    if (!comment || !(await canSeePost(comment.user_id, comment.post_id))) return;
    await tell({ userId: comment.user_id, actorId: userId, kind: "comment_like", groupKey: `comment_like:${commentId}`, dedupeKey: `comment_like:${commentId}:${userId}`, postId: comment.post_id, commentId });
  },
});

/** Whoever is named, and may see it by now, hears of it once; who is no longer named is told no longer. */
const mentioned = defineJob({
  name: "notifications.mentioned",
  on: TRUE_BY_NOW,
  schema: z.object({ postId: idSchema }),
  async handler({ postId }) {
    const [post] = await db().execute<{ author_id: string; caption: string }>(sql`
      select author_id, caption from posts where id = ${postId}::bigint and deleted_at is null and status = 'published'`);
    if (!post) return;
    const key = `mention:${postId}`;
    const named = await listMentionedUserIds(post.caption, post.author_id);
    for (const userId of named) if (await canSeePost(userId, postId)) await tell({ userId, actorId: post.author_id, kind: "mention", groupKey: key, dedupeKey: key, postId });
    for (const userId of await listTold(postId, [key])) if (!named.includes(userId)) await withdraw(userId, [key]);
  },
});

const reposted = defineJob({
  name: "notifications.reposted",
  on: "post.reposted",
  schema: z.object({ postId: idSchema, userId: idSchema }),
  async handler({ postId, userId }) {
    const [post] = await db().execute<{ author_id: string }>(sql`
      select p.author_id from reposts r join posts p on p.id = r.post_id where r.post_id = ${postId}::bigint and r.user_id = ${userId}::bigint and p.deleted_at is null`);
    if (post) await tell({ userId: post.author_id, actorId: userId, kind: "repost", groupKey: `repost:${postId}`, dedupeKey: `repost:${postId}:${userId}`, postId });
  },
});

const unreposted = defineJob({
  name: "notifications.unreposted",
  on: "post.unreposted",
  schema: z.object({ postId: idSchema, userId: idSchema }),
  async handler({ postId, userId }) {
    const [post] = await db().execute<{ author_id: string; again: boolean }>(sql`
      select p.author_id, exists (select 1 from reposts r where r.post_id = p.id and r.user_id = ${userId}::bigint) as again from posts p where p.id = ${postId}::bigint`);
    if (post && !post.again) await withdraw(post.author_id, [`repost:${postId}:${userId}`]);
  },
});

const collectionShared = defineJob({
  name: "notifications.collection-shared",
  on: "collection.shared",
  schema: z.object({ collectionId: idSchema, userId: idSchema }),
  async handler({ collectionId, userId }) {
    const [row] = await db().execute<{ owner_id: string }>(sql`
      select c.owner_id from collections c join collection_members m on m.collection_id = c.id and m.user_id = ${userId}::bigint where c.id = ${collectionId}::bigint`);
    if (row) await tell({ userId, actorId: row.owner_id, kind: "collection_shared", groupKey: `collection_shared:${collectionId}`, dedupeKey: `collection_shared:${collectionId}` });
  },
});

const collectionUnshared = defineJob({
  name: "notifications.collection-unshared",
  on: "collection.unshared",
  schema: z.object({ collectionId: idSchema, userId: idSchema }),
  async handler({ collectionId, userId }) {
    const again = await db().execute(sql`select 1 from collection_members where collection_id = ${collectionId}::bigint and user_id = ${userId}::bigint`);
    if (again.length === 0) await withdraw(userId, [`collection_shared:${collectionId}`]);
  },
});

const postDeleted = defineJob({
  name: "notifications.post-deleted",
  on: "post.deleted",
  schema: z.object({ postId: idSchema, authorId: idSchema }),
  handler: ({ postId }) => forgetPost(postId),
});

const people = z.object({ followerId: idSchema, followeeId: idSchema });

async function followState(followerId: string, followeeId: string): Promise<string | null> {
  const [row] = await executePrepared<{ state: string }>(db(), sql`select state from follows where follower_id = ${followerId}::bigint and followee_id = ${followeeId}::bigint`);
  return row?.state ?? null;
}

const followed = defineJob({
  name: "notifications.followed",
  on: "user.followed",
  schema: people,
  async handler({ followerId, followeeId }) {
    if ((await followState(followerId, followeeId)) !== "active") return;
    await withdraw(followeeId, [`follow_request:${followerId}`]);
    await tell({ userId: followeeId, actorId: followerId, kind: "follow", groupKey: "follow", dedupeKey: `follow:${followerId}` });
    const [person] = await db().execute<{ follower_count: number }>(sql`select follower_count from users where id = ${followeeId}::bigint and deleted_at is null`);
    if (person) await tellMilestone({ userId: followeeId, of: "followers", count: person.follower_count });
  },
});

const requested = defineJob({
  name: "notifications.requested",
  on: "follow.requested",
  schema: people,
  async handler({ followerId, followeeId }) {
    if ((await followState(followerId, followeeId)) !== "requested") return;
    // A request is answered by itself, so it is never grouped.
    await tell({ userId: followeeId, actorId: followerId, kind: "follow_request", groupKey: `follow_request:${followerId}`, dedupeKey: `follow_request:${followerId}` });
  },
});

const accepted = defineJob({
  name: "notifications.accepted",
  on: "follow.accepted",
  schema: people,
  async handler({ followerId, followeeId }) {
    if ((await followState(followerId, followeeId)) !== "active") return;
    await withdraw(followeeId, [`follow_request:${followerId}`]);
    await tell({ userId: followerId, actorId: followeeId, kind: "follow_accepted", groupKey: "follow_accepted", dedupeKey: `follow_accepted:${followeeId}` });
  },
});

const unfollowed = defineJob({
  name: "notifications.unfollowed",
  on: "user.unfollowed",
  schema: people,
  async handler({ followerId, followeeId }) {
    const state = await followState(followerId, followeeId);
    if (state === null) {
      await withdraw(followeeId, [`follow:${followerId}`, `follow_request:${followerId}`]);
      await withdraw(followerId, [`follow_accepted:${followeeId}`]);
    }
  },
});

const blocked = defineJob({
  name: "notifications.blocked",
  on: "user.blocked",
  schema: z.object({ blockerId: idSchema, blockedId: idSchema }),
  handler: ({ blockerId, blockedId }) => withdrawBetween(blockerId, blockedId),
});

/** Beside the mail, which may not be read for a while, or not be theirs any more. */
const warned = defineJob({
  name: "notifications.warned",
  on: "user.warned",
  schema: z.object({ userId: idSchema, eventId: z.string(), what: z.string(), device: z.string().nullable() }),
  handler: ({ userId, eventId, what, device }) => tell({ userId, actorId: userId, kind: "security", groupKey: `security:${eventId}`, dedupeKey: `security:${eventId}`, detail: { what, device } }),
});

async function canSeePost(userId: string, postId: string): Promise<boolean> {
  const rows = await db().execute(sql`
    select 1 from posts p join users u on u.id = p.author_id where p.id = ${postId}::bigint and p.status = 'published' and ${postVisible(userId)}`);
  return rows.length > 0;
}

export const jobs = [...deliveryJobs, ...peopleJobs, liked, unliked, likesChanged, commented, uncommented, commentLiked, mentioned, reposted, unreposted, collectionShared, collectionUnshared, postDeleted, followed, requested, accepted, unfollowed, blocked, warned];
