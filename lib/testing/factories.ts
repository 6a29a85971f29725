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
  caption?: string; photos?: number; status?: "processing" | "published" | "failed" | "held" | "scheduled"; audience?: "everyone" | "followers" | "circles";
  /** Ids of the circles that it is for; then that is its audience. */
  circles?: string[];
  commentsEnabled?: boolean; likeCountHidden?: boolean; isSensitive?: boolean; at?: Date;
};

/** A post with ready photos (rows only; no files lie behind them). Returns its id. */
export async function makePost(author: { id: string }, options: PostOptions = {}): Promise<string> {
  const photos = options.photos ?? 1;
  const status = options.status ?? "published";
  const id = options.at ? sql`id_at(${options.at.toISOString()}::timestamptz, ${serial++})` : sql`next_id()`;
  const at = options.at ? sql`${options.at.toISOString()}::timestamptz` : sql`now()`;
  const [post] = await db().execute<{ id: string }>(sql`
    insert into posts (id, author_id, status, audience, content_type, caption, media_count, comments_enabled, like_count_hidden, is_sensitive, created_at, published_at)
    values (${id}, ${author.id}::bigint, ${status}, ${options.audience ?? (options.circles ? "circles" : "everyone")}, ${photos > 1 ? "carousel" : "photo"}, ${options.caption ?? ""}, ${photos},
            ${options.commentsEnabled ?? true}, ${options.likeCountHidden ?? false}, ${options.isSensitive ?? false}, ${at}, ${status === "published" ? at : null}) returning id`);
  for (let position = 0; position < photos; position++) {
    await db().execute(sql`
      insert into media (owner_id, purpose, state, content_type, bytes, original_key, version, width, height, post_id, position, alt, ready_at, variants)
      values (${author.id}::bigint, 'post', 'ready', 'image/jpeg', 1000, ${`originals/test/${next()}`}, 'v1', 1600, 1200, ${post!.id}::bigint, ${position}, 'A test photo', now(),
        ${JSON.stringify(["150", "320", "640", "1080"].flatMap((name) => [{ name, ext: "jpg", width: Number(name), height: Number(name), bytes: 100 }]))}::text::jsonb)`);
  }
  for (const circle of options.circles ?? []) await db().execute(sql`insert into post_circles (post_id, circle_id) values (${post!.id}::bigint, ${circle}::bigint)`);
  if (status === "published") await db().execute(sql`update users set post_count = post_count + 1 where id = ${author.id}::bigint`);
  return post!.id;
}

/** Many posts of one ready photo each, by few statements. Returns their ids. */
export async function makePosts(author: { id: string }, count: number, options: { status?: "published" | "scheduled"; isDeleted?: boolean } = {}): Promise<string[]> {
  const { status = "published", isDeleted = false } = options;
  const posts = await db().execute<{ id: string }>(sql`
    insert into posts (author_id, status, content_type, media_count, published_at, scheduled_for, deleted_at)
    select ${author.id}::bigint, ${status}, 'photo', 1, ${status === "published" ? sql`now()` : sql`null::timestamptz`}, ${status === "scheduled" ? sql`now() - interval '1 second'` : sql`null::timestamptz`}, ${isDeleted ? sql`now()` : sql`null::timestamptz`}
    from generate_series(1, ${count}::int) returning id`);
  const ids = [...posts].map(({ id }) => id);
  await db().execute(sql`
    insert into media (owner_id, purpose, state, content_type, bytes, original_key, version, width, height, post_id, position, ready_at)
    select ${author.id}::bigint, 'post', 'ready', 'image/jpeg', 1000, 'originals/test/' || id, 'v1', 1600, 1200, id, 0, now() from unnest(${`{${ids.join(",")}}`}::text::bigint[]) as p(id)`);
  if (status === "published" && !isDeleted) await db().execute(sql`update users set post_count = post_count + ${count}::int where id = ${author.id}::bigint`);
  return ids;
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

/** A circle with its members. Returns its id. */
export async function makeCircle(owner: { id: string }, members: readonly { id: string }[] = [], options: { name?: string; isCloseFriends?: boolean } = {}): Promise<string> {
  const name = options.name ?? (options.isCloseFriends ? "Close friends" : `circle ${next()}`);
  const [circle] = await db().execute<{ id: string }>(sql`
    insert into circles (owner_id, name, name_key, is_close_friends, member_count)
    values (${owner.id}::bigint, ${name}, ${name.toLowerCase()}, ${options.isCloseFriends ?? false}, ${members.length}::int) returning id`);
  for (const member of members) await db().execute(sql`insert into circle_members (circle_id, user_id) values (${circle!.id}::bigint, ${member.id}::bigint)`);
  return circle!.id;
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

/** A conversation of these people, all of whom have accepted it; of more than two it is a group whose admin is the first. Returns its id. */
export async function makeThread(people: readonly { id: string }[], options: { name?: string } = {}): Promise<string> {
  const kind = people.length === 2 && options.name === undefined ? "pair" : "group";
  const key = kind === "pair" ? people.map(({ id }) => id).sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1)).join(":") : null;
  const [thread] = await db().execute<{ id: string }>(sql`insert into threads (kind, pair_key, name) values (${kind}, ${key}, ${options.name ?? null}) returning id`);
  for (const [n, person] of people.entries()) {
    await db().execute(sql`insert into thread_members (thread_id, user_id, role, is_listed, is_accepted) values (${thread!.id}::bigint, ${person.id}::bigint, ${kind === "group" && n === 0 ? "admin" : "member"}, true, true)`);
  }
  return thread!.id;
}

/** A message in it, with the lists of its members. Returns its id. */
export async function makeMessage(threadId: string, sender: { id: string }, text: string): Promise<string> {
  const [row] = await db().execute<{ id: string }>(sql`
    with up as (update threads set last_id = next_id_after(last_id) where id = ${threadId}::bigint returning last_id)
    insert into messages (id, thread_id, sender_id, text) select last_id, ${threadId}::bigint, ${sender.id}::bigint, ${text} from up returning id`);
  await db().execute(sql`
    update thread_members set last_id = ${row!.id}::bigint, is_listed = true, read_id = case when user_id = ${sender.id}::bigint then ${row!.id}::bigint else read_id end where thread_id = ${threadId}::bigint and until_id is null`);
  return row!.id;
}
