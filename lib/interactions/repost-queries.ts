import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { notFound } from "@/lib/platform/errors";
import { type Page, type Slice, sliceOf } from "@/lib/platform/pagination/pagination";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { type A_FOLLOWER, asForOthers, contentVisible, postVisible, type ViewerId } from "@/lib/platform/visibility/visibility";
import { hydratePosts, hydratePostsAs } from "@/lib/posts/hydrate";
import type { PostView } from "@/lib/posts/types";
import { repostColumns, repostStands } from "./repost-sql";
import { type RepostRow, withRepost } from "./repost-view";

/** What a person reposted, newest first, each with its note. Throws not_found for whose posts the viewer may not see. */
export async function listReposts(viewer: Pick<Viewer, "id"> | null, userId: string, page: Page): Promise<Slice<PostView>> {
  const me = viewer?.id ?? null;
  const { items, nextCursor } = await readReposts(userId, me, repostColumns(me), repostStands(me), page);
  const posts = new Map((await hydratePosts(viewer, items.map((row) => row.post_id))).map((post) => [post.id, post]));
  return { items: items.flatMap((row) => (posts.has(row.post_id) ? [withRepost(posts.get(row.post_id)!, row)] : [])), nextCursor };
}

/** What the viewer reposted as a stranger (null), a follower or another person sees it on their profile. Throws not_found when they see none of it. */
export async function listOwnRepostsAs(viewer: Pick<Viewer, "id">, as: ViewerId | typeof A_FOLLOWER, page: Page): Promise<Slice<PostView>> {
  const { items, nextCursor } = await readReposts(viewer.id, as, repostColumns(null), sql`${repostStands(asForOthers(as))} and ${postVisible(viewer.id)}`, page);
  return { items: await hydratePostsAs(viewer.id, as, items.map((row) => row.post_id)), nextCursor };
}

async function readReposts(userId: string, as: ViewerId | typeof A_FOLLOWER, columns: SQL, stands: SQL, page: Page): Promise<Slice<RepostRow>> {
  const [open] = await db().execute(sql`select 1 from users u where u.id = ${userId}::bigint and ${contentVisible(as)}`);
  if (!open) throw notFound();
  const rows = await db().execute<RepostRow>(sql`
    select ${columns} from reposts r join users w on w.id = r.user_id join posts p on p.id = r.post_id join users u on u.id = p.author_id
    where r.user_id = ${userId}::bigint and ${page.cursor === null ? sql`true` : sql`r.id < ${page.cursor}::bigint`} and ${stands}
    order by r.id desc limit ${page.limit + 1}`);
  return sliceOf([...rows], page.limit, (row) => row.id);
}
