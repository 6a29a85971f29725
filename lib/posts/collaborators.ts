import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { invalid, notFound } from "@/lib/platform/errors";
import { announce } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible, contentVisible, postVisible } from "@/lib/platform/visibility/visibility";
import { countFor } from "./post-counts";
import { getVisiblePost } from "./queries";
import type { PostView } from "./types";

type Person = Pick<Viewer, "id">;
type Row = { user_id: string; state: "invited" | "accepted" | "declined" | "left" };

/**
 * Makes exactly these people be invited to, or part of, a locked post. Who is not named any more is out, but for those whom the author does not see, as somebody away; who
 * declined or left is not asked again, and who is in stays, whatever they see by now. Returns whether anything changed. Throws invalid with the person named.
 */
export async function setCollaborators(tx: Transaction, author: Person, postId: string, usernames: readonly string[]): Promise<boolean> {
  const found = usernames.length === 0 ? [] : [...(await tx.execute<{ id: string; username_key: string }>(sql`
    select u.id, u.username_key from users u
    where u.username_key in (select jsonb_array_elements_text(${JSON.stringify(usernames.map((name) => name.toLowerCase()))}::text::jsonb)) and u.id <> ${author.id}::bigint
      and ${accountVisible(author.id)}
      and coalesce((select c.state in ('invited', 'accepted') from collaborators c where c.post_id = ${postId}::bigint and c.user_id = u.id),
        exists (select 1 from users a where a.id = ${author.id}::bigint and ${contentVisible(sql`u.id`, "a")}))`))];
  const known = new Set(found.map((one) => one.username_key));
  const fields = Object.fromEntries(usernames.flatMap((name, at) => (known.has(name.toLowerCase()) ? [] : [[`collaborators.${at}`, `@${name} can’t be invited by you.`]])));
  const [first] = Object.values(fields);
  if (first) throw invalid(first, fields);
  const list = sql`${`{${found.map((one) => one.id).join(",")}}`}::text::bigint[]`;
  const gone = await tx.execute<Row>(sql`delete from collaborators where post_id = ${postId}::bigint and state in ('invited', 'accepted') and user_id <> all (${list})
    and exists (select 1 from users u where u.id = collaborators.user_id and ${accountVisible(author.id)}) returning user_id, state`);
  // Who declined cannot take that back any more: the author has chosen anew.
  await tx.execute(sql`update collaborators set state = 'left' where post_id = ${postId}::bigint and state = 'declined'`);
  for (const { user_id, state } of gone) if (state === "accepted") await countFor(tx, postId, user_id, -1);
  const came = await tx.execute<Row>(sql`
    insert into collaborators (post_id, user_id) select ${postId}::bigint, id from unnest(${list}) as w(id) on conflict do nothing returning user_id, state`);
  for (const { user_id } of [...gone, ...came]) await announce(tx, "post.collaboration", { postId, userId: user_id });
  return gone.length + came.length > 0;
}

/** Becomes one of a post's authors: it stands on both profiles and in both people's followers' feeds. Repeating it does nothing. Throws not_found when nobody asked. */
export async function acceptCollaboration(viewer: Person, postId: string): Promise<PostView> {
  await decide(viewer, postId, "accepted", sql`c.state in ('invited', 'accepted')`);
  return getVisiblePost(viewer, postId);
}

/** Declines, or leaves a post one is part of. Repeating it does nothing. Throws not_found. */
export async function leaveCollaboration(viewer: Person, postId: string): Promise<void> {
  await decide(viewer, postId, "left", sql`true`);
}

/** Takes one's declining back: the invitation is open again, unless the author has set the post's authors since. Repeating it does nothing. Throws not_found. */
export async function reopenInvitation(viewer: Person, postId: string): Promise<PostView> {
  await decide(viewer, postId, "invited", sql`c.state in ('declined', 'invited')`);
  return getVisiblePost(viewer, postId);
}

async function decide(viewer: Person, postId: string, wanted: "accepted" | "left" | "invited", may: SQL): Promise<void> {
  await db().transaction(async (tx) => {
    // The post first, as everywhere: whatever counts or hides it waits, or is waited for.
    const [row] = await tx.execute<Row>(sql`
      select c.user_id, c.state from posts p join users u on u.id = p.author_id join collaborators c on c.post_id = p.id and c.user_id = ${viewer.id}::bigint
      where p.id = ${postId}::bigint and p.deleted_at is null and ${wanted === "left" ? sql`true` : postVisible(viewer.id)} for update of p`);
    if (!row) throw notFound();
    // Read again after the lock: it may have been withdrawn while this waited.
    const [now] = await tx.execute<Row>(sql`select c.user_id, c.state from collaborators c where c.post_id = ${postId}::bigint and c.user_id = ${viewer.id}::bigint and ${may} for update`);
    if (!now) throw notFound();
    await settle(tx, postId, now, wanted === "left" && (now.state === "invited" || now.state === "declined") ? "declined" : wanted);
  });
}

async function settle(tx: Transaction, postId: string, { user_id: userId, state }: Row, wanted: Row["state"]): Promise<void> {
  if (state === wanted) return;
  await tx.execute(sql`update collaborators set state = ${wanted}, decided_at = ${wanted === "invited" ? sql`null` : sql`now()`} where post_id = ${postId}::bigint and user_id = ${userId}::bigint`);
  if (wanted === "accepted") await countFor(tx, postId, userId, 1);
  if (state === "accepted") await countFor(tx, postId, userId, -1);
  await tx.execute(sql`update posts set updated_at = now() where id = ${postId}::bigint`);
  await announce(tx, "post.collaboration", { postId, userId });
}

/** Two people who block each other are no longer authors of each other's posts. */
export async function separate(one: string, other: string): Promise<void> {
  const rows = await db().execute<{ post_id: string; user_id: string }>(sql`
    select c.post_id, c.user_id from collaborators c join posts p on p.id = c.post_id
    where c.state in ('invited', 'accepted') and ((c.user_id = ${one}::bigint and p.author_id = ${other}::bigint) or (c.user_id = ${other}::bigint and p.author_id = ${one}::bigint))`);
  for (const { post_id, user_id } of rows) {
    await db().transaction(async (tx) => {
      await tx.execute(sql`select 1 from posts where id = ${post_id}::bigint for update`);
      const [now] = await tx.execute<Row>(sql`select user_id, state from collaborators where post_id = ${post_id}::bigint and user_id = ${user_id}::bigint and state in ('invited', 'accepted') for update`);
      if (now) await settle(tx, post_id, now, "left");
    });
  }
}
