import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { getVisiblePostRef } from "@/lib/posts/queries";
import { hydratePosts } from "@/lib/posts/hydrate";
import type { PostView } from "@/lib/posts/types";
import { listUsers } from "@/lib/profiles/queries";
import type { UserView } from "@/lib/profiles/types";
import { type Page, type Slice, sliceOf } from "@/lib/platform/pagination/pagination";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";

/** Who liked a post, newest like first, without people the viewer may not see. Throws not_found. */
export async function listLikers(viewer: Viewer | null, postId: string, page: Page): Promise<Slice<UserView>> {
  const post = await getVisiblePostRef(db(), viewer, postId);
  // The author keeps the count to themselves; the list would tell it.
  if (post.likeCountHidden && post.authorId !== viewer?.id) return { items: [], nextCursor: null };
  const rows = await db().execute<{ id: string; user_id: string }>(sql`
    select l.id, l.user_id from likes l join users u on u.id = l.user_id
    where l.post_id = ${post.id}::bigint and ${page.cursor === null ? sql`true` : sql`l.id < ${page.cursor}::bigint`} and ${accountVisible(viewer?.id ?? null)}
    order by l.id desc limit ${page.limit + 1}`);
  const slice = sliceOf([...rows], page.limit, (row) => row.id);
  return { items: await listUsers(viewer, slice.items.map((row) => row.user_id)), nextCursor: slice.nextCursor };
}

/** What the viewer saved, newest save first; posts that can no longer be seen are passed over and the page refilled. */
export async function listSaved(viewer: Viewer, page: Page): Promise<Slice<PostView>> {
  const items: PostView[] = [];
  let cursor = page.cursor;
  for (;;) {
    const wanted = page.limit - items.length;
    const rows = await db().execute<{ id: string; post_id: string }>(sql`
      select id, post_id from saves
      where user_id = ${viewer.id}::bigint and ${cursor === null ? sql`true` : sql`id < ${cursor}::bigint`}
      order by id desc limit ${wanted + 1}`);
    const slice = sliceOf([...rows], wanted, (row) => row.id);
    items.push(...(await hydratePosts(viewer, slice.items.map((row) => row.post_id))));
    cursor = slice.nextCursor;
    if (cursor === null || items.length === page.limit) return { items, nextCursor: cursor };
  }
}
