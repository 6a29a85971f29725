import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { Viewer } from "@/lib/platform/viewer/viewer";

/**
 * Rows for tests, made straight in the database with the counters they imply, so that a test says only what matters to
 * it. Nothing here goes through services: those are what is tested.
 */
let serial = 0;
const next = () => `${process.pid.toString(36)}${Date.now().toString(36).slice(-4)}${(serial++).toString(36)}`;

export type UserOptions = { username?: string; fullName?: string; isPrivate?: boolean; role?: Viewer["role"]; passwordHash?: string; email?: string };

/** A person with a signed-in session, as the viewer that queries and services take. */
export async function makeUser(options: UserOptions = {}): Promise<Viewer> {
  const username = options.username ?? `user${next()}`;
  const email = options.email ?? `${username}@example.org`;
  const [user] = await db().execute<{ id: string }>(sql`
    insert into users (username, username_key, username_skeleton, email, email_key, password_hash, full_name, is_private, role)
    values (${username}, ${username.toLowerCase()}, ${username.toLowerCase()}, ${email}, ${email.toLowerCase()}, ${options.passwordHash ?? "!"},
            ${options.fullName ?? username}, ${options.isPrivate ?? false}, ${options.role ?? "member"}) returning id`);
  const [session] = await db().execute<{ id: string }>(sql`
    insert into sessions (user_id, kind, device, expires_at) values (${user!.id}::bigint, 'browser', 'Test', now() + interval '1 day') returning id`);
  return {
    id: user!.id, username, fullName: options.fullName ?? username, role: options.role ?? "member", isPrivate: options.isPrivate ?? false,
    sessionId: session!.id, avatarMediaId: null, avatarVersion: null,
  };
}

export type PostOptions = {
  caption?: string; photos?: number; status?: "processing" | "published" | "failed" | "held"; audience?: "everyone" | "followers" | "circles";
  commentsEnabled?: boolean; likeCountHidden?: boolean; at?: Date;
};

/** A post with ready photos (rows only; no files lie behind them). Returns its id. */
export async function makePost(author: { id: string }, options: PostOptions = {}): Promise<string> {
  const photos = options.photos ?? 1;
  const status = options.status ?? "published";
  const id = options.at ? sql`id_at(${options.at.toISOString()}::timestamptz, ${serial++})` : sql`next_id()`;
  const at = options.at ? sql`${options.at.toISOString()}::timestamptz` : sql`now()`;
  const [post] = await db().execute<{ id: string }>(sql`
    insert into posts (id, author_id, status, audience, content_type, caption, media_count, comments_enabled, like_count_hidden, created_at, published_at)
    values (${id}, ${author.id}::bigint, ${status}, ${options.audience ?? "everyone"}, ${photos > 1 ? "carousel" : "photo"}, ${options.caption ?? ""}, ${photos},
            ${options.commentsEnabled ?? true}, ${options.likeCountHidden ?? false}, ${at}, ${status === "published" ? at : null}) returning id`);
  for (let position = 0; position < photos; position++) {
    await db().execute(sql`
      insert into media (owner_id, purpose, state, content_type, bytes, original_key, version, width, height, post_id, position, alt, ready_at, variants)
      values (${author.id}::bigint, 'post', 'ready', 'image/jpeg', 1000, ${`originals/test/${next()}`}, 'v1', 1600, 1200, ${post!.id}::bigint, ${position}, 'A test photo', now(),
        ${JSON.stringify(["150", "320", "640", "1080"].flatMap((name) => [{ name, ext: "jpg", width: Number(name), height: Number(name), bytes: 100 }]))}::text::jsonb)`);
  }
  if (status === "published") await db().execute(sql`update users set post_count = post_count + 1 where id = ${author.id}::bigint`);
  return post!.id;
}

/** An active follow (or a request) with its counters. */
export async function makeFollow(follower: { id: string }, followee: { id: string }, state: "active" | "requested" = "active"): Promise<void> {
  await db().execute(sql`insert into follows (follower_id, followee_id, state) values (${follower.id}::bigint, ${followee.id}::bigint, ${state})`);
  if (state !== "active") return;
  await db().execute(sql`update users set following_count = following_count + 1 where id = ${follower.id}::bigint`);
  await db().execute(sql`update users set follower_count = follower_count + 1 where id = ${followee.id}::bigint`);
}

/** A block, without the removal of follows that the service does. */
export async function makeBlock(blocker: { id: string }, blocked: { id: string }): Promise<void> {
  await db().execute(sql`insert into blocks (blocker_id, blocked_id) values (${blocker.id}::bigint, ${blocked.id}::bigint)`);
}

/** The people of every access test: an owner (private unless told), and who stands where towards them. */
export async function makeCast(options: { isPrivate?: boolean } = {}) {
  const owner = await makeUser({ isPrivate: options.isPrivate ?? true });
  const [follower, requester, stranger, blocked] = [await makeUser(), await makeUser(), await makeUser(), await makeUser()];
  await makeFollow(follower, owner);
  if (owner.isPrivate) await makeFollow(requester, owner, "requested");
  await makeBlock(owner, blocked);
  return { owner, follower, requester, stranger, blocked };
}

/** An upload that has arrived and was judged, free for a post (a row only; no file lies behind it). */
export async function makeUpload(owner: { id: string }, state: "pending" | "uploaded" = "uploaded"): Promise<string> {
  const [row] = await db().execute<{ id: string }>(sql`
    insert into media (owner_id, purpose, state, content_type, bytes, original_key, version, width, height, uploaded_at)
    values (${owner.id}::bigint, 'post', ${state}, 'image/jpeg', 1000, ${`originals/test/${next()}`}, 'v1', 1600, 1200, now()) returning id`);
  return row!.id;
}
