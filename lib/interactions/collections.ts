import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db, type Executor, type Transaction } from "@/db/client";
import { conflict, forbidden, invalid, invalidField, notFound } from "@/lib/platform/errors";
import { claimKey, findClaimed } from "@/lib/platform/http/claim";
import { announce } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { save, type SavedAnswer, setSaved, takeOut } from "./saves";
import { lockBetween, requirePublished } from "./visible-post";

type Person = Pick<Viewer, "id">;
type Opened = { id: string; is_owner: boolean; post_count: number };

/** Collections of one person, people in one besides its owner, posts in one. */
export const MAX_COLLECTIONS = 100;
export const MAX_MEMBERS = 20;
export const MAX_COLLECTION_POSTS = 5_000;

const keyOf = (name: string) => name.normalize("NFKC").toLowerCase();
const NAME_TAKEN = "You have a collection of this name.";

/** SQL: the viewer owns the collection `c` of the person `o`, or has joined it. */
export const collectionOpen = (viewerId: string): SQL => sql`(c.owner_id = ${viewerId}::bigint or (${accountVisible(viewerId, "o")} and exists (
  select 1 from collection_members m where m.collection_id = c.id and m.user_id = ${viewerId}::bigint and m.state = 'joined')))`;

/** A collection that the viewer owns or has joined, locked in a transaction. Throws not_found. */
async function open(tx: Executor, viewer: Person, id: string): Promise<Opened> {
  const [row] = await tx.execute<Opened>(sql`
    select c.id, c.owner_id = ${viewer.id}::bigint as is_owner, c.post_count from collections c join users o on o.id = c.owner_id
    where c.id = ${id}::bigint and ${collectionOpen(viewer.id)} for no key update of c`);
  if (!row) throw notFound();
  return row;
}

/** Throws not_found, forbidden for a member. */
async function openOwn(tx: Executor, viewer: Person, id: string): Promise<Opened> {
  const opened = await open(tx, viewer, id);
  if (!opened.is_owner) throw forbidden("Only the owner of a collection may do this.");
  return opened;
}

/** One at a time for each owner: names are told apart and counted. */
async function lockOwner(tx: Transaction, viewer: Person): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`collections:${viewer.id}`}, 0))`);
}

/**
 * Makes a collection, with the post as its first. Returns its id; the same `key` from the same person within a day gives the first one's. Throws conflict
 * (name taken), invalid (too many), not_found (no such post).
 */
export async function createCollection(viewer: Person, input: { name: string; post_id?: string | null }, key: string | null): Promise<string> {
  return db().transaction(async (tx) => {
    if (input.post_id) await lockBetween(tx, "save", viewer.id, input.post_id);
    await lockOwner(tx, viewer);
    const earlier = key === null ? null : await findClaimed(viewer.id, key, "collection", tx);
    if (earlier !== null) return earlier;
    const [{ count }] = (await tx.execute<{ count: number }>(sql`select count(*)::int as count from collections where owner_id = ${viewer.id}::bigint`)) as unknown as [{ count: number }];
    if (count >= MAX_COLLECTIONS) throw invalid(`You can have ${MAX_COLLECTIONS} collections at most.`);
    const [made] = await tx.execute<{ id: string }>(sql`
      insert into collections (owner_id, name, name_key) values (${viewer.id}::bigint, ${input.name}, ${keyOf(input.name)}) on conflict do nothing returning id`);
    if (!made) throw conflict(NAME_TAKEN, { name: NAME_TAKEN });
    if (key !== null) await claimKey(tx, viewer.id, key, made.id, "collection");
    if (input.post_id) await put(tx, viewer, made.id, input.post_id);
    return made.id;
  });
}

/** Renames, or chooses the cover among its posts (null: the newest). Throws not_found, forbidden, conflict, invalid. */
export async function editCollection(viewer: Person, id: string, patch: { name?: string; cover_post_id?: string | null }): Promise<void> {
  await db().transaction(async (tx) => {
    await lockOwner(tx, viewer);
    await openOwn(tx, viewer, id);
    if (patch.name !== undefined) {
      const taken = await tx.execute(sql`select 1 from collections where owner_id = ${viewer.id}::bigint and name_key = ${keyOf(patch.name)} and id <> ${id}::bigint`);
      if (taken.length > 0) throw conflict(NAME_TAKEN, { name: NAME_TAKEN });
      await tx.execute(sql`update collections set name = ${patch.name}, name_key = ${keyOf(patch.name)}, updated_at = now() where id = ${id}::bigint`);
    }
    if (patch.cover_post_id === undefined) return;
    if (patch.cover_post_id !== null) await requireInside(tx, viewer, id, patch.cover_post_id);
    await tx.execute(sql`update collections set cover_post_id = ${patch.cover_post_id}::bigint, updated_at = now() where id = ${id}::bigint`);
  });
}

/** What is in the collection but not to be seen is as if it were not in it. */
async function requireInside(tx: Transaction, viewer: Person, id: string, postId: string): Promise<void> {
  const inside = await tx.execute(sql`select 1 from collection_posts where collection_id = ${id}::bigint and post_id = ${postId}::bigint`);
  const isSeen = inside.length > 0 && (await requirePublished(tx, viewer.id, postId).then(() => true, () => false));
  if (!isSeen) throw invalidField("cover_post_id", "Choose a post of the collection.");
}

/** Deletes a collection; what was saved in it stays saved. Repeating it is not_found. Throws not_found, forbidden. */
export async function deleteCollection(viewer: Person, id: string): Promise<void> {
  await db().transaction(async (tx) => {
    await openOwn(tx, viewer, id);
    await part(tx, sql`collection_id = ${id}::bigint`);
    await tx.execute(sql`delete from collections where id = ${id}::bigint`);
  });
}

/** Saves the post and puts it into the collection, out of `from` at the same time. Twice has the effect of once. Throws not_found, invalid (full). */
export async function addToCollection(viewer: Person, id: string, postId: string, from?: string | null): Promise<void> {
  await db().transaction(async (tx) => {
    await lockBetween(tx, "save", viewer.id, postId);
    const ids = [...new Set(from ? [id, from] : [id])].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
    for (const one of ids) await open(tx, viewer, one);
    await put(tx, viewer, id, postId);
    if (from && from !== id) await takeOut(tx, from, postId);
  });
}

async function put(tx: Transaction, viewer: Person, id: string, postId: string): Promise<void> {
  await save(tx, viewer, postId);
  const came = await tx.execute(sql`
    insert into collection_posts (collection_id, post_id, added_by) values (${id}::bigint, ${postId}::bigint, ${viewer.id}::bigint) on conflict do nothing returning 1`);
  if (came.length === 0) return;
  const [row] = await tx.execute<{ post_count: number }>(sql`update collections set post_count = post_count + 1, updated_at = now() where id = ${id}::bigint returning post_count`);
  if (row!.post_count > MAX_COLLECTION_POSTS) throw invalid(`A collection holds ${MAX_COLLECTION_POSTS} posts at most.`);
}

/** Saves the post, into a collection if one is named. Throws as the above. */
export async function saveInto(viewer: Person, postId: string, collectionId?: string | null): Promise<SavedAnswer> {
  if (!collectionId) return setSaved(viewer, postId, true);
  await addToCollection(viewer, collectionId, postId);
  return { saved: true, collection_ids: [collectionId] };
}

/** Takes the post out of the collection; it stays saved. Says nothing of whether it was in it. Throws not_found (no such collection). */
export async function removeFromCollection(viewer: Person, id: string, postId: string): Promise<void> {
  await db().transaction(async (tx) => {
    await lockBetween(tx, "save", viewer.id, postId);
    await open(tx, viewer, id);
    await takeOut(tx, id, postId);
  });
}

/** Asks somebody to share the collection. Twice has the effect of once. Throws not_found, forbidden, invalid (oneself, too many). */
export async function inviteMember(viewer: Person, id: string, userId: string): Promise<void> {
  await db().transaction(async (tx) => {
    await openOwn(tx, viewer, id);
    if (userId === viewer.id) throw invalid("This is you.", { user_id: "This is you." });
    const came = await tx.execute(sql`
      insert into collection_members (collection_id, user_id) select ${id}::bigint, u.id from users u where u.id = ${userId}::bigint and ${accountVisible(viewer.id)}
      on conflict (collection_id, user_id) do update set state = collection_members.state returning xmax = 0 as came`);
    if (came.length === 0) throw notFound();
    const [{ count }] = (await tx.execute<{ count: number }>(sql`select count(*)::int as count from collection_members where collection_id = ${id}::bigint`)) as unknown as [{ count: number }];
    if (count > MAX_MEMBERS) throw invalid(`A collection is shared with ${MAX_MEMBERS} people at most.`);
    if (came[0]!.came) await announce(tx, "collection.shared", { collectionId: id, userId });
  });
}

/** Accepts an invitation. Twice has the effect of once. Throws not_found. */
export async function joinCollection(viewer: Person, id: string): Promise<void> {
  const joined = await db().execute(sql`
    update collection_members m set state = 'joined' from collections c join users o on o.id = c.owner_id
    where c.id = m.collection_id and m.collection_id = ${id}::bigint and m.user_id = ${viewer.id}::bigint and ${accountVisible(viewer.id, "o")} returning 1`);
  if (joined.length === 0) throw notFound();
}

/** The owner lets somebody go, or a member leaves or declines; what they put in stays. Twice has the effect of once. Throws not_found, forbidden. */
export async function removeMember(viewer: Person, id: string, userId: string): Promise<void> {
  await db().transaction(async (tx) => {
    if (userId !== viewer.id) await openOwn(tx, viewer, id);
    await part(tx, sql`collection_id = ${id}::bigint and user_id = ${userId}::bigint`);
  });
}

async function part(tx: Transaction, which: SQL): Promise<void> {
  const gone = await tx.execute<{ collection_id: string; user_id: string }>(sql`delete from collection_members where ${which} returning collection_id, user_id`);
  for (const row of gone) await announce(tx, "collection.unshared", { collectionId: row.collection_id, userId: row.user_id });
}
