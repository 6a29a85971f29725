import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { knownFirst, type PeopleCursor } from "@/lib/graph/mutuals";
import { getVisiblePostRef } from "@/lib/posts/queries";
import { hydratePosts } from "@/lib/posts/hydrate";
import type { PostView, ReactionView } from "@/lib/posts/types";
import { listUsers } from "@/lib/profiles/queries";
import type { UserView } from "@/lib/profiles/types";
import { type Page, type Slice, sliceOf } from "@/lib/platform/pagination/pagination";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { readReactions } from "./reactions";

/** Who liked a post: those whom the viewer follows first, then newest first, without people the viewer may not see. Throws not_found. */
export const listLikers = (viewer: Viewer | null, postId: string, page: Page): Promise<Slice<UserView>> =>
  listActors(viewer, postId, page, (id) => sql`select l.id, l.user_id from likes l where l.post_id = ${id}::bigint`);

/** Who reacted to a post with this emoji, in the same order. Throws not_found. */
export const listReactors = (viewer: Viewer | null, postId: string, emoji: string, page: Page): Promise<Slice<UserView>> =>
  listActors(viewer, postId, page, (id) => sql`select l.id, l.user_id from reactions l where l.post_id = ${id}::bigint and l.emoji = ${emoji}`);

type ActorRow = { id: string; user_id: string };

/** `edges`: the rows of all who did it, as `l` with `id` and `user_id`, to which more conditions can be added. */
async function listActors(viewer: Viewer | null, postId: string, page: Page, edges: (postId: string) => SQL): Promise<Slice<UserView>> {
  const post = await getVisiblePostRef(db(), viewer, postId);
  // The author keeps the count to themselves; the list would tell it.
  if (post.likeCountHidden && post.authorId !== viewer?.id) return { items: [], nextCursor: null };
  const me = viewer?.id ?? null;
  const slice = await knownFirst(me, page, (cursor, limit) => fetchActors(me, edges(post.id), cursor, limit), (row) => row.id);
  return { items: await listUsers(viewer, slice.items.map((row) => row.user_id)), nextCursor: slice.nextCursor };
}

/** Of many likes the known are found by asking for each whom one follows, the others by going down the newest. */
async function fetchActors(me: string | null, edges: SQL, { part, after, since }: PeopleCursor, limit: number): Promise<ActorRow[]> {
  const follows = sql`follows f where f.follower_id = ${me}::bigint and f.state = 'active' and f.id <= ${since}::bigint`;
  const older = sql`l.id < ${after}::bigint`;
  const rows = await db().execute<ActorRow>(part === "mutuals"
    ? sql`select k.id, k.user_id from (select f.followee_id from ${follows}) w cross join lateral (${edges} and l.user_id = w.followee_id and ${older} offset 0) k
        join users u on u.id = k.user_id where ${accountVisible(me)} order by k.id desc limit ${limit}`
    : sql`select k.id, k.user_id from (${edges} and ${older} order by l.id desc) k join users u on u.id = k.user_id
        where ${accountVisible(me)} and ${me === null ? sql`true` : sql`not exists (select 1 from ${follows} and f.followee_id = k.user_id)`} order by k.id desc limit ${limit}`);
  return [...rows];
}

/** The emoji on a post. Throws not_found. */
export async function listReactions(viewer: Viewer | null, postId: string): Promise<ReactionView[]> {
  const post = await getVisiblePostRef(db(), viewer, postId);
  return readReactions(db(), viewer?.id ?? null, post.id);
}

/** What the viewer saved, newest save first; posts that can no longer be seen are passed over and the page refilled. */
export const listSaved = (viewer: Pick<Viewer, "id">, page: Page): Promise<Slice<PostView>> =>
  listRefilled(viewer, page, (cursor, limit) => sql`
    select id, post_id from saves
    where user_id = ${viewer.id}::bigint and ${cursor === null ? sql`true` : sql`id < ${cursor}::bigint`}
    order by id desc limit ${limit}`);

/** Posts that rows point at: `read` gives up to `limit` rows older than the cursor, newest first; where posts cannot be seen, more are read until the page is full. */
export async function listRefilled(viewer: Pick<Viewer, "id"> | null, page: Page, read: (cursor: string | null, limit: number) => SQL): Promise<Slice<PostView>> {
  const items: PostView[] = [];
  let cursor = page.cursor;
  for (;;) {
    const wanted = page.limit - items.length;
    const rows = await db().execute<{ id: string; post_id: string }>(read(cursor, wanted + 1));
    const slice = sliceOf([...rows], wanted, (row) => row.id);
    items.push(...(await hydratePosts(viewer, slice.items.map((row) => row.post_id))));
    cursor = slice.nextCursor;
    if (cursor === null || items.length === page.limit) return { items, nextCursor: cursor };
  }
}
