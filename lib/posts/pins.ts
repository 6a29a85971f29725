import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { prepared } from "@/db/prepared";
import { conflict, invalidField } from "@/lib/platform/errors";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { Reader } from "@/lib/platform/viewer/writes";
import { A_FOLLOWER, type Asking, postVisible } from "@/lib/platform/visibility/visibility";
import { hydratePosts, hydratePostsAs } from "./hydrate";
import { refuse } from "./refuse";
import type { PostView } from "./types";

/** Posts that may stand at the top of a profile. */
export const MAX_PINNED = 3;

type Author = Pick<Viewer, "id">;
/** `pinned_ids` in the order of the profile; `unpinned` had to make room. */
export type Pins = { pinned: boolean; pinned_ids: string[]; unpinned: string | null };

const STANDS = sql.raw("p.deleted_at is null and p.archived_at is null and p.status = 'published'");

/**
 * Puts a post at the top of the profile, before those that are there, or takes it down. The one that has been there
 * longest makes room for a fourth. Throws not_found, forbidden (somebody else's), conflict when it is not out.
 */
export async function setPinned(viewer: Author, postId: string, on: boolean): Promise<Pins> {
  const pins = await db().transaction(async (tx) => {
    await lockPins(tx, viewer.id);
    // Those that may have to make room, too, in the order in which everybody locks several posts.
    const locked = await tx.execute<{ id: string; is_out: boolean }>(sql`
      select p.id, ${STANDS} as is_out from posts p where p.author_id = ${viewer.id}::bigint and p.deleted_at is null and (p.id = ${postId}::bigint or p.pinned_at is not null) order by p.id for update`);
    const post = locked.find((row) => row.id === postId);
    if (!post) return null;
    if (on && !post.is_out) throw conflict("Only a post that others can see can be pinned.");
    await tx.execute(sql`update posts set pinned_at = ${on ? sql`clock_timestamp()` : sql`null`}, updated_at = now() where id = ${postId}::bigint and (pinned_at is not null) <> ${on}::boolean`);
    const pinned = await readPinned(tx, viewer.id);
    const [unpinned = null] = pinned.slice(MAX_PINNED);
    if (unpinned !== null) await tx.execute(sql`update posts set pinned_at = null, updated_at = now() where id = ${unpinned}::bigint`);
    return { pinned: on, pinned_ids: pinned.slice(0, MAX_PINNED), unpinned };
  });
  return pins ?? refuse(viewer, postId);
}

/** Makes exactly these posts, in this order, stand at the top of the profile. Throws invalid when one is not the viewer's own or not out. */
export async function setPins(viewer: Author, postIds: readonly string[]): Promise<{ pinned_ids: string[] }> {
  return db().transaction(async (tx) => {
    await lockPins(tx, viewer.id);
    const list = `{${postIds.join(",")}}`;
    const own = await tx.execute<{ id: string }>(sql`select p.id from posts p where (p.id = any (${list}::text::bigint[]) or p.pinned_at is not null) and p.author_id = ${viewer.id}::bigint and ${STANDS} order by p.id for update`);
    if (own.filter((row) => postIds.includes(row.id)).length !== postIds.length) throw invalidField("post_ids", "One of these posts is not there.");
    await tx.execute(sql`
      update posts p set pinned_at = w.at, updated_at = now()
      from (select q.id, case when o.place is not null then now() - o.place * interval '1 millisecond' end as at
        from posts q left join unnest(${list}::text::bigint[]) with ordinality as o(id, place) on o.id = q.id
        where q.author_id = ${viewer.id}::bigint and q.deleted_at is null and (q.pinned_at is not null or o.id is not null)) w
      where p.id = w.id and p.pinned_at is distinct from w.at`);
    return { pinned_ids: await readPinned(tx, viewer.id) };
  });
}

/** A post that comes back is pinned as before, unless others have taken its place meanwhile. Needs `lockPins`. */
export async function keepPinnedFew(tx: Transaction, authorId: string, postId: string): Promise<void> {
  await tx.execute(sql`
    update posts set pinned_at = null where id = ${postId}::bigint and pinned_at is not null and ${MAX_PINNED}::int <= (
      select count(*) from posts o where o.author_id = ${authorId}::bigint and o.pinned_at is not null and o.deleted_at is null and o.archived_at is null and o.id <> ${postId}::bigint)`);
}

/**
 * Changes of what a person has pinned come one after another. Taken before any post is locked, and not as a lock on the person's row, which
 * whoever holds a post waits for.
 */
export const lockPins = (tx: Transaction, userId: string) => tx.execute(sql`select pg_advisory_xact_lock(hashtext('pins'), hashtext(${userId}))`);

async function readPinned(tx: Transaction, userId: string): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select p.id from posts p where p.author_id = ${userId}::bigint and p.pinned_at is not null and ${STANDS} order by p.pinned_at desc, p.id desc`);
  return [...rows].map((row) => row.id);
}

const pinnedOf = (viewer: Asking, user: string) => sql`
  select p.id from posts p join users u on u.id = p.author_id
  where p.author_id = ${user}::bigint and p.pinned_at is not null and ${STANDS} and ${postVisible(viewer)} order by p.pinned_at desc, p.id desc limit ${sql.raw(String(MAX_PINNED))}`;
const readForViewer = prepared<{ id: string }, "viewer" | "user">("pinned posts for a viewer", (arg) => pinnedOf(arg("viewer"), arg("user")));
const readSignedOut = prepared<{ id: string }, "user">("pinned posts signed out", (arg) => pinnedOf(null, arg("user")));
const readForFollower = prepared<{ id: string }, "user">("pinned posts for a follower", (arg) => pinnedOf(A_FOLLOWER, arg("user")));

/** What stands at the top of a profile, as far as the viewer may see it. */
export async function listPinned(viewer: Reader | null, userId: string): Promise<PostView[]> {
  const rows = await (viewer ? readForViewer({ viewer: viewer.id, user: userId }) : readSignedOut({ user: userId }));
  return hydratePosts(viewer, rows.map((row) => row.id));
}

/** The same of the viewer's own as a stranger (null), a follower or another person sees it. */
export async function listOwnPinnedAs(viewer: Reader, as: string | null | typeof A_FOLLOWER): Promise<PostView[]> {
  const user = viewer.id;
  const rows = await (as === null ? readSignedOut({ user }) : as === A_FOLLOWER ? readForFollower({ user }) : readForViewer({ viewer: as, user }));
  return hydratePostsAs(user, as, rows.map((row) => row.id));
}
