import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { prepared } from "@/db/prepared";
import { type Page, type Slice, sliceOf } from "@/lib/platform/pagination/pagination";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { commentReachable } from "@/lib/platform/visibility/comments";
import { postVisible } from "@/lib/platform/visibility/visibility";
import { hydratePosts } from "@/lib/posts/hydrate";
import { toSketch } from "@/lib/posts/sketch";
import { commentColumns, type CommentRow } from "./columns";
import { toViews } from "./queries";
import type { HeldState, WaitingCommentView } from "./types";

/** From here on it says "99+". */
const MOST_COUNTED = 100;

/** What of the comments held for a person is there for them: not those of people they block, nor on posts that they deleted. */
const FROM = sql.raw("from comments c join posts p on p.id = c.post_id join users u on u.id = p.author_id join users w on w.id = c.user_id");
const held = (userId: string, state: HeldState) => sql`c.held_for_id = ${userId}::bigint and c.state = ${sql.raw(`'${state}'`)} and ${postVisible(userId)} and ${commentReachable(userId)}`;

/** What waits for the viewer's word, or was put away, on all their posts, replies too, newest first; each with its post. */
export async function listWaiting(viewer: Viewer, { state, ...page }: Page & { state: HeldState }): Promise<Slice<WaitingCommentView>> {
  const rows = await db().execute<CommentRow>(sql`
    select ${commentColumns(viewer.id)} ${FROM}
    where ${held(viewer.id, state)} and ${page.cursor === null ? sql`true` : sql`c.id < ${page.cursor}::bigint`}
    order by c.id desc limit ${page.limit + 1}`);
  const { items: kept, nextCursor } = sliceOf([...rows], page.limit, (row) => row.id);
  const [comments, posts] = await Promise.all([toViews(viewer, kept), hydratePosts(viewer, [...new Set(kept.map((row) => row.post_id))])]);
  const postOf = new Map(posts.map((post) => [post.id, post]));
  const items = comments.flatMap((comment) => {
    const post = postOf.get(comment.post_id);
    return post ? { ...comment, post: toSketch(post) } : [];
  });
  return { items, nextCursor };
}

const count = prepared<{ waiting: number }, "viewer">("waiting comments", (arg) => sql`
  select count(*)::int as waiting from (select 1 ${FROM} where ${held(arg("viewer"), "pending")} limit ${sql.raw(String(MOST_COUNTED))}) counted`);

/** How many comments wait for the viewer's word; counting stops at 100. */
export async function countWaiting(viewer: Viewer): Promise<number> {
  const [row] = await count({ viewer: viewer.id });
  return row!.waiting;
}
