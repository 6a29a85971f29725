import "server-only";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { db, type Transaction } from "@/db/client";
import { type EditState, makeWanted, readEdit, takeWanted, wantEdit } from "@/lib/media/changed-edit";
import type { MediaEdit } from "@/lib/media/edit/types";
import { type EditView, toEditView } from "@/lib/media/edit/view";
import { sourceUrl } from "@/lib/media/urls";
import { notFound } from "@/lib/platform/errors";
import { idSchema } from "@/lib/platform/ids";
import { defineJob } from "@/lib/platform/jobs/define";
import { announce, enqueue } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";

type Author = Pick<Viewer, "id">;

/** What the editor of a photo that is out begins with; `width` and `height` are those of the file that was brought. */
export type PhotoEditState = { media_id: string; edit: EditView | null; is_changing: boolean; source_url: string; width: number; height: number };

const toView = (author: Author, { id, version, edit, isChanging, source }: EditState): PhotoEditState => ({
  media_id: id, edit: edit && toEditView(edit), is_changing: isChanging, source_url: sourceUrl({ id, version }, author.id), ...source,
});

/** To its author alone; not_found for everybody else, conflict while it is being prepared. */
export const getPhotoEdit = async (author: Author, mediaId: string) => toView(author, await readEdit(db(), author, mediaId));

/**
 * Edits a photo that is out anew. The old picture stays until the new one is made, a moment later. Setting the same again
 * changes nothing. Throws as `getPhotoEdit`, and invalid.
 */
export async function changePhotoEdit(author: Author, mediaId: string, edit: MediaEdit): Promise<PhotoEditState> {
  return db().transaction(async (tx) => {
    await lockPostOf(tx, mediaId, author.id);
    const version = await wantEdit(tx, author, mediaId, edit);
    if (version !== null) await enqueue(tx, changePhoto, { mediaId, version });
    return toView(author, await readEdit(tx, author, mediaId));
  });
}

/** Posts before their photos, as everywhere: else two transactions could wait for each other. */
async function lockPostOf(tx: Transaction, mediaId: string, authorId: string | null): Promise<string> {
  const [post] = await tx.execute<{ id: string }>(sql`
    select p.id from posts p where p.id = (select post_id from media where id = ${mediaId}::bigint) and p.deleted_at is null
      and (${authorId}::bigint is null or p.author_id = ${authorId}::bigint) for update`);
  if (!post) throw notFound();
  return post.id;
}

/** Makes the picture that is wanted, and shows it: photo and post change in one transaction. */
export const changePhoto = defineJob({
  name: "posts.change-photo",
  priority: 15,
  timeoutSeconds: 300,
  schema: z.object({ mediaId: idSchema, version: z.string().regex(/^[a-z0-9]{1,40}$/) }),
  async handler({ mediaId, version }) {
    const made = await makeWanted(mediaId, version);
    if (!made) return;
    await db().transaction(async (tx) => {
      const postId = await lockPostOf(tx, mediaId, null);
      if (!(await takeWanted(tx, made))) return;
      await tx.execute(sql`update posts set edited_at = now(), updated_at = now() where id = ${postId}::bigint`);
      await announce(tx, "post.edited", { postId });
    });
  },
});
