import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { env } from "@/lib/platform/env";
import { wasThere } from "@/lib/messages/visible-sql";
import { toShortcode } from "@/lib/platform/ids";
import { accountVisible, postVisible } from "@/lib/platform/visibility/visibility";
import type { ItemOf, Kind } from "./format";

const AT_ONCE = 500;

/** SQL: a time as the API writes it. */
export const iso = (column: string): SQL => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** Where a post is read. */
export const postUrl = (postId: string): string => `${env().PUBLIC_URL}/p/${toShortcode(postId)}`;

/** `key` orders and is unique; `item` is what is written but for `post_id` and `post_ids`, which become addresses. */
type Row = { key: string; item: Record<string, unknown>; post_id?: string | null; author?: string };
type Section = { kind: Exclude<Kind, "profile" | "posts" | "uploads">; read: (me: string, after: string) => SQL };

const page = (after: string, key: string): SQL => sql`${sql.raw(key)} > ${after}::bigint order by ${sql.raw(key)} limit ${AT_ONCE}`;
const object = (fields: Record<string, string | SQL>): SQL =>
  sql`json_build_object(${sql.join(Object.entries(fields).map(([name, value]) => sql`${sql.raw(`'${name}'`)}, ${typeof value === "string" ? sql.raw(value) : value}`), sql`, `)}) as item`;

/** Rows that are about a post, of which only the address and whose it is are told, and only while this person may see it. */
const about = (from: string, key: string, owner: string, fields: Record<string, string | SQL>, at = "x.created_at") => (me: string, after: string): SQL => sql`
  select ${sql.raw(key)}::text as key, ${object({ ...fields, at: iso(at) })}, case when ${postVisible(me)} then p.id::text end as post_id, u.username as author
  from ${sql.raw(from)} join posts p on p.id = x.post_id join users u on u.id = p.author_id where ${sql.raw(owner)} = ${me}::bigint and ${page(after, key)}`;

/** Rows that name somebody, while this person may know of them. */
const people = (table: string, owner: string, other: string, fields: Record<string, string> = {}, isSeen = true) => (me: string, after: string): SQL => sql`
  select x.id::text as key, ${object({ username: "u.username", ...fields, at: iso("x.created_at") })} from ${sql.raw(table)} x join users u on u.id = x.${sql.raw(other)}
  where x.${sql.raw(owner)} = ${me}::bigint and ${isSeen ? accountVisible(me) : accountVisible(null)} and ${page(after, "x.id")}`;

const own = (table: string, owner: string, key: string, fields: Record<string, string | SQL>) => (me: string, after: string): SQL => sql`
  select ${sql.raw(key)}::text as key, ${object(fields)} from ${sql.raw(table)} x where ${sql.raw(owner)} = ${me}::bigint and ${page(after, key)}`;

/** SQL: usernames of up to 20 others in the conversation `thread` whom this person may know of: who is in it as they are, or was when they left. */
const othersOf = (me: string, thread: SQL): SQL => sql`(select coalesce(json_agg(o.username), '[]') from (select u.username from thread_members me join thread_members x on x.thread_id = me.thread_id and x.user_id <> me.user_id join users u on u.id = x.user_id
  where me.thread_id = ${thread} and me.user_id = ${me}::bigint and ${wasThere} and ${accountVisible(me)} order by x.user_id limit 20) o)`;

/** Everything but profile, posts and files. Reads tables of all domains, and writes none. */
export const SECTIONS: readonly Section[] = [
  { kind: "comments", read: about("comments x", "x.id", "x.user_id", { id: "x.id::text", content: "x.content", is_reply: "x.parent_id is not null", is_deleted: "x.deleted_at is not null", edited_at: iso("x.edited_at") }) },
  { kind: "likes", read: about("likes x", "x.id", "x.user_id", {}) },
  { kind: "comment_likes", read: about("(select l.comment_id, l.user_id, l.created_at, c.post_id from comment_likes l join comments c on c.id = l.comment_id) x", "x.comment_id", "x.user_id", { comment_id: "x.comment_id::text" }) },
  { kind: "reactions", read: about("reactions x", "x.id", "x.user_id", { emoji: "x.emoji" }) },
  { kind: "saved", read: about("saves x", "x.id", "x.user_id", {}) },
  { kind: "reposts", read: about("reposts x", "x.id", "x.user_id", { note: "x.note" }) },
  { kind: "shares", read: about("shares x", "x.post_id", "x.user_id", {}) },
  { kind: "tagged", read: about("photo_tags x", "x.media_id", "x.user_id", { x: "x.x", y: "x.y", state: "x.state", is_on_profile: "x.is_on_profile" }) },
  { kind: "collaborations", read: about("collaborators x", "x.post_id", "x.user_id", { state: "x.state" }) },
  { kind: "followers", read: people("follows", "followee_id", "follower_id", { state: "x.state" }) },
  { kind: "following", read: people("follows", "follower_id", "followee_id", { state: "x.state" }) },
  { kind: "blocked", read: people("blocks", "blocker_id", "blocked_id", {}, false) },
  { kind: "muted", read: people("mutes", "muter_id", "muted_id", { posts: "x.posts", stories: "x.stories" }) },
  { kind: "restricted", read: people("restricts", "restricter_id", "restricted_id") },
  { kind: "favourites", read: people("favourites", "user_id", "favourite_id") },
  {
    kind: "circles",
    read: (me, after) => sql`
      select x.id::text as key, ${object({ name: "x.name", is_close_friends: "x.is_close_friends", at: iso("x.created_at"), members: sql`(
        select coalesce(json_agg(u.username order by m.id), '[]') from circle_members m join users u on u.id = m.user_id where m.circle_id = x.id and ${accountVisible(me)})` })}
      from circles x where x.owner_id = ${me}::bigint and ${page(after, "x.id")}`,
  },
  {
    kind: "collections",
    read: (me, after) => sql`
      select x.id::text as key, ${object({ name: "x.name", owner: "o.username", at: iso("x.created_at"), posts: sql`(
        select coalesce(json_agg(json_build_object('url', p.id::text, 'author', u.username) order by c.id), '[]') from collection_posts c join posts p on p.id = c.post_id join users u on u.id = p.author_id
        where c.collection_id = x.id and c.added_by = ${me}::bigint and ${postVisible(me)})` })}
      from collections x join users o on o.id = x.owner_id
      where (x.owner_id = ${me}::bigint or (${accountVisible(me, "o")} and exists (select 1 from collection_members w where w.collection_id = x.id and w.user_id = ${me}::bigint and w.state = 'joined')))
        and ${page(after, "x.id")}`,
  },
  { kind: "hidden_words", read: own("hidden_words", "x.user_id", "x.id", { phrase: "x.phrase", in_comments: "x.in_comments", in_messages: "x.in_messages", in_posts: "x.in_posts", until: iso("x.until"), at: iso("x.created_at") }) },
  { kind: "drafts", read: own("drafts", "x.user_id", "x.id", { content: "x.content", updated_at: iso("x.updated_at"), at: iso("x.created_at") }) },
  {
    kind: "messages",
    read: (me, after) => sql`
      select x.id::text as key, ${object({ id: "x.id::text", conversation: "x.thread_id::text", text: "x.text", at: iso("x.created_at"), edited_at: iso("x.edited_at"), people: othersOf(me, sql`x.thread_id`),
        files: sql`(select coalesce(json_agg(f.media_id::text order by f.position), '[]') from message_media f where f.message_id = x.id)`, reactions: sql`(select coalesce(json_agg(r.emoji), '[]') from message_reactions r where r.message_id = x.id)` })}
      from messages x where x.sender_id = ${me}::bigint and x.event is null and x.unsent_at is null and (x.vanishes_at is null or x.vanishes_at > now()) and ${page(after, "x.id")}`,
  },
  {
    kind: "conversations",
    read: (me, after) => sql`
      select x.thread_id::text as key, ${object({ name: "case when x.until_id is null then t.name else x.left_name end", people: othersOf(me, sql`t.id`), role: "x.role", is_muted: "x.is_muted", is_pinned: "x.is_pinned", has_left: "x.until_id is not null", at: iso("x.joined_at") })}
      from thread_members x join threads t on t.id = x.thread_id where x.user_id = ${me}::bigint and (t.kind = 'group' or t.last_id > 0) and ${page(after, "x.thread_id")}`,
  },
  { kind: "message_reactions", read: own("message_reactions", "x.user_id", "x.message_id", { emoji: "x.emoji", at: iso("x.created_at") }) },
  {
    kind: "notifications",
    read: (me, after) => sql`
      select x.id::text as key, ${object({ kind: "x.kind", detail: "x.detail", at: iso("x.created_at"), people: sql`(
        select coalesce(json_agg(distinct u.username), '[]') from notification_actors a join users u on u.id = a.actor_id where a.notification_id = x.id and a.actor_id <> x.user_id and ${accountVisible(me)})` })},
        case when ${postVisible(me, "p", "w")} then p.id::text end as post_id, w.username as author
      from notifications x left join posts p on p.id = x.post_id left join users w on w.id = p.author_id where x.user_id = ${me}::bigint and ${page(after, "x.id")}`,
  },
  {
    kind: "notifications_off",
    read: (me, after) => sql`
      select x.post_id::text as key, ${object({ at: iso("x.created_at") })}, case when ${postVisible(me)} then p.id::text end as post_id, u.username as author
      from notification_mutes x join posts p on p.id = x.post_id join users u on u.id = p.author_id where x.user_id = ${me}::bigint and ${page(after, "x.post_id")}`,
  },
  {
    kind: "milestones",
    // Of one subject several were reached: a page ends between subjects.
    read: (me, after) => sql`
      select x.subject_id::text as key, ${object({ of: sql`case when x.subject_id = x.user_id then 'followers' else 'likes' end`, count: "x.count", at: iso("x.created_at") })},
        case when ${postVisible(me)} then p.id::text end as post_id, u.username as author
      from milestones x left join posts p on p.id = x.subject_id left join users u on u.id = p.author_id
      where x.user_id = ${me}::bigint and x.subject_id in (select distinct s.subject_id from milestones s where s.user_id = ${me}::bigint and ${page(after, "s.subject_id")}) order by x.subject_id, x.count`,
  },
  {
    kind: "feed_wishes",
    // Of one subject several things may be said: a page ends between subjects.
    read: (me, after) => sql`
      select x.subject_id::text as key, ${object({ kind: "x.kind", username: sql`case when ${accountVisible(me)} then u.username end`, until: iso("x.until"), at: iso("x.created_at") })},
        case when ${postVisible(me)} then p.id::text end as post_id, u.username as author
      from feed_feedback x join users u on u.id = x.author_id left join posts p on p.id = x.subject_id and x.kind <> 'snooze'
      where x.user_id = ${me}::bigint and x.subject_id in (select distinct s.subject_id from feed_feedback s where s.user_id = ${me}::bigint and ${page(after, "s.subject_id")}) order by x.subject_id, x.kind`,
  },
  { kind: "seen", read: own("post_seen", "x.user_id", "x.post_id", { url: "x.post_id::text", at: iso("x.seen_at") }) },
  { kind: "reports", read: own("reports", "x.reporter_id", "x.id", { about: "x.subject_kind", reason: "x.reason", note: "x.note", at: iso("x.created_at") }) },
  { kind: "sessions", read: own("sessions", "x.user_id", "x.id", { kind: "x.kind", device: "x.device", last_seen_at: iso("x.last_seen_at"), ended_at: iso("x.revoked_at"), at: iso("x.created_at") }) },
  { kind: "push_devices", read: own("(select p.*, s.device from push_subscriptions p join sessions s on s.id = p.session_id)", "x.user_id", "x.id", { device: "x.device", last_ok_at: iso("x.last_ok_at"), at: iso("x.created_at") }) },
  { kind: "passkeys", read: own("passkeys", "x.user_id", "x.id", { name: "x.name", last_used_at: iso("x.last_used_at"), at: iso("x.created_at") }) },
  { kind: "earlier_usernames", read: own("(select *, row_number() over (order by created_at, username_key) as n from username_history)", "x.user_id", "x.n", { username: "x.username_key", at: iso("x.created_at") }) },
  { kind: "mails", read: own("mails", "x.user_id", "x.id", { kind: "x.kind", recipient: "x.recipient", subject: "x.subject", sent_at: iso("x.sent_at"), at: iso("x.created_at") }) },
];

/** Kinds whose items say what they are about, if it can still be told. */
const ABOUT = new Set<Kind>(["comments", "likes", "comment_likes", "reactions", "saved", "reposts", "shares", "tagged", "collaborations", "notifications", "notifications_off", "milestones", "feed_wishes"]);

/** Every item of a section, page by page: however many, no more than a page is held. */
export async function* readSection<K extends Kind>({ kind, read }: Section & { kind: K }, me: string): AsyncGenerator<ItemOf<K>> {
  for (let after = "0"; ; ) {
    const rows = await db().execute<Row>(read(me, after));
    for (const row of rows) yield finished(kind, row) as ItemOf<K>;
    if (rows.length < AT_ONCE) return;
    after = rows.at(-1)!.key;
  }
}

function finished(kind: Kind, { item, post_id, author }: Row): Record<string, unknown> {
  if (kind === "seen") return { ...item, url: postUrl(String(item.url)) };
  if (kind === "collections") return { ...item, posts: (item.posts as { url: string; author: string }[]).map((post) => ({ ...post, url: postUrl(post.url) })) };
  return ABOUT.has(kind) ? { ...item, post: post_id ? { url: postUrl(post_id), author } : null } : item;
}
