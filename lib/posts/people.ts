import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { invalid, notFound } from "@/lib/platform/errors";
import { announce } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible, contentVisible, postVisible } from "@/lib/platform/visibility/visibility";
import { allowed } from "@/lib/privacy/who-may";
import { getVisiblePost } from "./queries";
import type { PointedPerson } from "./schemas";
import type { PostView } from "./types";

type Author = Pick<Viewer, "id">;

/**
 * SQL: the person `u` lets the author tag them: they see the author's posts, and their setting allows it. What an author may
 * not do and what does not exist look the same.
 */
const allows = (author: string): SQL => sql`(u.id = ${author}::bigint or (
  exists (select 1 from users a where a.id = ${author}::bigint and ${contentVisible(sql`u.id`, "a")}) and ${allowed("tags", author, sql.raw("u.id"))}))`;

type Candidate = { id: string; username_key: string; approves: boolean };

/**
 * Makes exactly these people stand at these points of a photo. Who approves tags first is asked; who took themselves off
 * is not put there again; who stands there stays, whatever they allow by now, and so does whom the author does not see, as somebody away. Returns whether anything changed. Throws invalid with the person named under `field`.
 */
export async function setPeople(tx: Transaction, author: Author, postId: string, mediaId: string, people: readonly PointedPerson[], field: string): Promise<boolean> {
  const found = people.length === 0 ? [] : [...(await tx.execute<Candidate>(sql`
    select u.id, u.username_key, coalesce(s.approves_tags, false) and u.id <> ${author.id}::bigint as approves from users u left join privacy_settings s on s.user_id = u.id
    where u.username_key in (select jsonb_array_elements_text(${JSON.stringify(people.map((one) => one.username.toLowerCase()))}::text::jsonb))
      and ${accountVisible(author.id)}
      and coalesce((select t.state <> 'removed' from photo_tags t where t.media_id = ${mediaId}::bigint and t.user_id = u.id), ${allows(author.id)})`))];
  const byName = new Map(found.map((one) => [one.username_key, one]));
  const fields = Object.fromEntries(people.flatMap(({ username }, at) => (byName.has(username.toLowerCase()) ? [] : [[`${field}.${at}.username`, `@${username} can’t be tagged by you.`]])));
  const [first] = Object.values(fields);
  if (first) throw invalid(first, fields);
  const wanted = JSON.stringify(people.map(({ username, x, y }) => ({ id: byName.get(username.toLowerCase())!.id, x, y, state: byName.get(username.toLowerCase())!.approves ? "proposed" : "shown" })));
  const list = sql`jsonb_to_recordset(${wanted}::text::jsonb) as w(id bigint, x real, y real, state text)`;
  const gone = await tx.execute<{ user_id: string }>(sql`delete from photo_tags where media_id = ${mediaId}::bigint and state <> 'removed' and user_id not in (select w.id from ${list})
    and exists (select 1 from users u where u.id = photo_tags.user_id and ${accountVisible(author.id)}) returning user_id`);
  const set = await tx.execute<{ user_id: string; is_new: boolean }>(sql`
    insert into photo_tags (media_id, post_id, user_id, x, y, state) select ${mediaId}::bigint, ${postId}::bigint, w.id, w.x, w.y, w.state from ${list}
    on conflict (media_id, user_id) do update set x = excluded.x, y = excluded.y where (photo_tags.x, photo_tags.y) is distinct from (excluded.x, excluded.y) and photo_tags.state <> 'removed'
    returning user_id, xmax = 0 as is_new`);
  for (const { user_id } of [...gone, ...set.filter((row) => row.is_new)]) await announce(tx, "post.tagged", { postId, userId: user_id });
  return gone.length + set.length > 0;
}

/** The people of a photo stand on the one that takes its place, too; who took themselves off stays off. */
export async function keepPeople(tx: Transaction, postId: string, mediaId: string, newId: string): Promise<void> {
  await tx.execute(sql`
    insert into photo_tags (media_id, post_id, user_id, x, y, state, is_on_profile) select new.id, t.post_id, t.user_id, t.x, t.y, t.state, t.is_on_profile
    from photo_tags t join media new on new.id = ${newId}::bigint and new.kind = 'image' where t.media_id = ${mediaId}::bigint and t.post_id = ${postId}::bigint on conflict do nothing`);
}

/** The tagged person agrees: they are shown on the post, and it among "tagged" on their profile if they want. One may also take one's own removal back. Throws not_found when nobody asked, or the post is not to be seen (any more). */
export async function acceptTag(viewer: Author, postId: string, isOnProfile = true): Promise<PostView> {
  await changeOwn(viewer, postId, postVisible(viewer.id), sql`state = 'shown', is_on_profile = ${isOnProfile}::boolean`, sql`(state, is_on_profile) is distinct from ('shown', ${isOnProfile}::boolean)`);
  return getVisiblePost(viewer, postId);
}

/** The tagged person takes themselves off, or declines; nobody puts them there again. Repeating it does nothing. Throws not_found. */
export async function removeTag(viewer: Author, postId: string): Promise<void> {
  await changeOwn(viewer, postId, sql`p.deleted_at is null`, sql`state = 'removed'`, sql`state <> 'removed'`);
}

/** Takes one's declining back: whether to stand there is a question again. Repeating it does nothing. Throws not_found as accepting does. */
export async function reopenTag(viewer: Author, postId: string): Promise<PostView> {
  await changeOwn(viewer, postId, postVisible(viewer.id), sql`state = 'proposed'`, sql`state = 'removed'`);
  return getVisiblePost(viewer, postId);
}

async function changeOwn(viewer: Author, postId: string, may: SQL, change: SQL, when: SQL): Promise<void> {
  await db().transaction(async (tx) => {
    const [post] = await tx.execute(sql`
      select 1 from posts p join users u on u.id = p.author_id
      where p.id = ${postId}::bigint and ${may} and exists (select 1 from photo_tags t where t.post_id = p.id and t.user_id = ${viewer.id}::bigint) for update of p`);
    if (!post) throw notFound();
    const changed = await tx.execute(sql`update photo_tags set ${change} where post_id = ${postId}::bigint and user_id = ${viewer.id}::bigint and ${when} returning 1`);
    // What readers keep of the post is told apart by its time of change.
    if (changed.length > 0) await tx.execute(sql`update posts set updated_at = now() where id = ${postId}::bigint`);
    if (changed.length > 0) await announce(tx, "post.tagged", { postId, userId: viewer.id });
  });
}

/** Takes two people who block each other off each other's photos. The posts first, in order, as everywhere. */
export async function removeTagsBetween(one: string, other: string): Promise<void> {
  await db().execute(sql`
    with held as materialized (
      select p.id, p.author_id from posts p where p.author_id in (${one}::bigint, ${other}::bigint)
        and exists (select 1 from photo_tags t where t.post_id = p.id and t.state <> 'removed' and t.user_id in (${one}::bigint, ${other}::bigint) and t.user_id <> p.author_id) order by p.id for update),
    gone as (
      update photo_tags t set state = 'removed' from held p where p.id = t.post_id and t.state <> 'removed' and t.user_id in (${one}::bigint, ${other}::bigint) and t.user_id <> p.author_id returning t.post_id)
    update posts set updated_at = now() where id in (select post_id from gone)`);
}
