import { sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { db, type Transaction } from "@/db/client";
import * as schema from "@/db/schema";
import { skeletonOf } from "@/lib/accounts/skeleton";
import { usernameKey } from "@/lib/accounts/username";
import { refineMedia } from "@/lib/media/jobs";
import { enqueueMany } from "@/lib/platform/jobs/queue";
import { idAt } from "@/lib/platform/ids";
import { foldPlace } from "@/lib/posts/places";
import { extractText } from "@/lib/posts/text";
import { DEMO_MAIL } from "../presence";
import { writeTalks } from "./conversations";
import { lastLook, type NoticeActor, type NoticeGroup } from "./notices";
import type { MediaRow } from "./pictures";
import type { Member, Plan, PlannedPost } from "./plan";

/** Newest posts whose photos get the lighter formats too, as an upload does; the others stay with JPEG to keep the worker's queue short. */
const REFINED_POSTS = 40;

export interface Written { plan: Plan; media: MediaRow[]; notices: { groups: NoticeGroup[]; actors: NoticeActor[] }; passwordHash: string; now: Date }

/** Writes everything in one transaction, so that the community is there whole or not at all. */
export async function writeCommunity(written: Written): Promise<void> {
  const { plan, media, notices } = written;
  await db().transaction(async (tx) => {
    await tx.execute(sql`set local statement_timeout = '5min'`);
    const [some] = await tx.execute(sql`select 1 from users limit 1`);
    await insert(tx, schema.users, plan.members.map((member, i) => userRow(member, written, i === 0 && !some)));
    await insert(tx, schema.follows, plan.follows.map(({ id, follower, followee, state, at }) => ({ id, followerId: follower.id, followeeId: followee.id, state, createdAt: at })));
    const places = await writePlaces(tx, plan.posts);
    await insert(tx, schema.posts, plan.posts.map((post) => postRow(post, places)));
    await insert(tx, schema.media, media);
    await insert(tx, schema.likes, plan.likes.map(({ id, post, by, at }) => ({ id, postId: post.id, userId: by.id, createdAt: at })));
    await insert(tx, schema.saves, plan.saves.map(({ id, post, by, at }) => ({ id, postId: post.id, userId: by.id, createdAt: at })));
    const comments = [...plan.comments].sort((a, b) => Number(a.parent !== null) - Number(b.parent !== null));
    await insert(tx, schema.comments, comments.map(({ id, post, by, at, content, parent }) => ({ id, postId: post.id, userId: by.id, parentId: parent?.id ?? null, content, createdAt: at })));
    await insert(tx, schema.commentLikes, plan.comments.flatMap(({ id, at, likedBy }) => likedBy.map((by) => ({ commentId: id, userId: by.id, createdAt: at }))));
    await insert(tx, schema.notifications, notices.groups);
    await insert(tx, schema.notificationActors, notices.actors);
    await writeTalks(tx, plan, written.now);
    await writeTags(tx, plan.posts);
    await writeMentions(tx, plan);
    await count(tx, plan);
    const newest = new Set(plan.posts.slice(-REFINED_POSTS).map((post) => post.id));
    await enqueueMany(tx, refineMedia, media.filter((row) => row.postId && newest.has(row.postId)).map((row) => ({ mediaId: row.id! })));
  });
}

async function insert<T extends PgTable>(tx: Transaction, table: T, rows: readonly T["$inferInsert"][]): Promise<void> {
  for (let at = 0; at < rows.length; at += 500) await tx.insert(table).values(rows.slice(at, at + 500) as T["$inferInsert"][]);
}

function userRow(member: Member, { media, passwordHash, now }: Written, isFirst: boolean): typeof schema.users.$inferInsert {
  const avatar = media.find((row) => row.purpose === "avatar" && row.ownerId === member.id), email = `${member.username}@${DEMO_MAIL}`;
  return {
    id: member.id, username: member.username, usernameKey: usernameKey(member.username), usernameSkeleton: skeletonOf(member.username), email, emailKey: email.toLowerCase(),
    passwordHash, fullName: member.name, bio: member.bio, website: member.website ?? "", pronouns: member.pronouns ?? "", role: isFirst ? "administrator" : "member",
    isPrivate: member.isPrivate ?? false, isVerified: member.isPopular ?? false, avatarMediaId: avatar?.id ?? null, avatarVersion: avatar?.version ?? null,
    notificationsReadId: idAt(lastLook(member, now)), lastActiveAt: lastLook(member, now), emailVerifiedAt: member.joined, createdAt: member.joined, updatedAt: member.joined,
  };
}

const postRow = (post: PlannedPost, places: Map<string, string>): typeof schema.posts.$inferInsert => ({
  id: post.id, authorId: post.author.id, status: "published", contentType: post.series.shots > 1 ? "carousel" : "photo", caption: post.caption, mediaCount: post.series.shots,
  placeId: post.place === null ? null : places.get(foldPlace(post.place))!, commentsEnabled: post.commentsEnabled, likeCountHidden: post.likeCountHidden,
  publishedAt: post.at, createdAt: post.at, updatedAt: post.at,
});

async function writePlaces(tx: Transaction, posts: readonly PlannedPost[]): Promise<Map<string, string>> {
  const names = new Map(posts.flatMap((post) => (post.place === null ? [] : [[foldPlace(post.place), post.place]])));
  if (names.size === 0) return new Map();
  await tx.insert(schema.places).values([...names].map(([nameKey, name]) => ({ name, nameKey }))).onConflictDoNothing();
  const rows = await tx.execute<{ id: string; name_key: string }>(sql`select id, name_key from places where name_key in ${[...names.keys()]}`);
  return new Map([...rows].map((row) => [row.name_key, row.id]));
}

/** Tags as the indexing job finds them; those of private accounts are not counted. */
async function writeTags(tx: Transaction, posts: readonly PlannedPost[]): Promise<void> {
  const pairs = posts.flatMap((post) => extractText(post.caption).hashtags.map((name) => ({ name, post })));
  if (pairs.length === 0) return;
  const names = [...new Set(pairs.map(({ name }) => name))].sort();
  await tx.insert(schema.tags).values(names.map((name) => ({ name }))).onConflictDoNothing();
  const rows = await tx.execute<{ id: string; name: string }>(sql`select id, name from tags where name in ${names}`);
  const ids = new Map([...rows].map((row) => [row.name, row.id]));
  await insert(tx, schema.postTags, pairs.map(({ name, post }) => ({ tagId: ids.get(name)!, postId: post.id, counted: !post.author.isPrivate })));
  await tx.execute(sql`update tags t set post_count = (select count(*) from post_tags p where p.tag_id = t.id and p.counted) where t.name in ${names}`);
}

async function writeMentions(tx: Transaction, { members, posts, comments }: Plan): Promise<void> {
  const byName = new Map(members.map((m) => [usernameKey(m.username), m.id]));
  const named = (text: string) => extractText(text).mentions.flatMap((name) => byName.get(name) ?? []);
  await insert(tx, schema.mentions, [
    ...posts.flatMap((post) => named(post.caption).map((userId) => ({ postId: post.id, commentId: "0", userId, createdAt: post.at }))),
    ...comments.flatMap((comment) => named(comment.content).map((userId) => ({ postId: comment.post.id, commentId: comment.id, userId, createdAt: comment.at }))),
  ]);
}

/** Counters from the rows just written. */
async function count(tx: Transaction, { members, posts }: Plan): Promise<void> {
  const people = members.map((m) => m.id), ids = posts.map((p) => p.id);
  await tx.execute(sql`
    update users u set follower_count = (select count(*) from follows where followee_id = u.id and state = 'active'),
      following_count = (select count(*) from follows where follower_id = u.id and state = 'active'), post_count = (select count(*) from posts where author_id = u.id)
    where u.id in ${people}`);
  await tx.execute(sql`
    update posts p set like_count = (select count(*) from likes where post_id = p.id), save_count = (select count(*) from saves where post_id = p.id),
      comment_count = (select count(*) from comments where post_id = p.id)
    where p.id in ${ids}`);
  // Not everybody who looks says so.
  await tx.execute(sql`update posts p set view_count = 4 * like_count + 3 * comment_count + p.id % 23 where p.id in ${ids}`);
  await tx.execute(sql`
    update comments c set like_count = (select count(*) from comment_likes where comment_id = c.id), reply_count = (select count(*) from comments r where r.parent_id = c.id)
    where c.post_id in ${ids}`);
}
