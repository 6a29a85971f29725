import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { conflict, invalid } from "@/lib/platform/errors";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { CommentState } from "@/lib/platform/visibility/comments";
import { getComment } from "./queries";
import { MAX_PINNED } from "./schemas";
import { signalComment } from "./signal";
import { lockOnOwnPost, setState } from "./thread";
import type { CommentView } from "./types";

async function changeState(viewer: Viewer, commentId: string, next: (state: CommentState) => CommentState): Promise<void> {
  const comment = await db().transaction(async (tx) => {
    const before = await lockOnOwnPost(tx, viewer, commentId);
    await setState(tx, before, next(before.state));
    return before;
  });
  const state = next(comment.state);
  if (state !== comment.state) signalComment(comment.post_id, commentId, state !== "shown" && comment.state === "shown");
}

/** Puts a comment on one's own post away from everybody but its writer, or shows it (again). Throws not_found, forbidden. */
export async function setCommentHidden(viewer: Viewer, commentId: string, hidden: boolean): Promise<CommentView> {
  await changeState(viewer, commentId, () => (hidden ? "hidden" : "shown"));
  return getComment(viewer, commentId);
}

/** Shows a comment that waited for the author's word; any other stays as it is. Throws not_found, forbidden. */
export async function approveComment(viewer: Viewer, commentId: string): Promise<CommentView> {
  await changeState(viewer, commentId, (state) => (state === "pending" ? "shown" : state));
  return getComment(viewer, commentId);
}

/** Takes the author's word back: a comment that everybody sees waits again; any other stays as it is. Throws not_found, forbidden. */
export async function withdrawApproval(viewer: Viewer, commentId: string): Promise<CommentView> {
  await changeState(viewer, commentId, (state) => (state === "shown" ? "pending" : state));
  return getComment(viewer, commentId);
}

/** Has a comment on one's own post stand first, or no longer. Throws not_found, forbidden, invalid (replies, hidden ones), conflict (three are pinned). */
export async function setCommentPinned(viewer: Viewer, commentId: string, pinned: boolean): Promise<CommentView> {
  await db().transaction(async (tx) => {
    // Before any row, so that two pins at once are counted one after the other and wait for nothing else.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('pinned comments'), hashtext(${viewer.id}))`);
    const comment = await lockOnOwnPost(tx, viewer, commentId);
    if (!pinned) return void (await tx.execute(sql`update comments set is_pinned = false, pinned_at = null where id = ${commentId}::bigint and is_pinned`));
    if (comment.parent_id !== null || comment.state !== "shown") throw invalid("Only a comment that everybody sees can be pinned, and no reply.");
    const [row] = await tx.execute<{ others: number }>(sql`
      select count(*)::int as others from comments where post_id = ${comment.post_id}::bigint and is_pinned and deleted_at is null and id <> ${commentId}::bigint`);
    if (row!.others >= MAX_PINNED) throw conflict(`${MAX_PINNED} comments are pinned already. Unpin one first.`);
    await tx.execute(sql`update comments set is_pinned = true, pinned_at = now() where id = ${commentId}::bigint and not is_pinned`);
  });
  return getComment(viewer, commentId);
}
