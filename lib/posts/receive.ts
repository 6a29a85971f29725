import "server-only";
import { receivePhotoForm } from "@/lib/media/multipart";
import { MAX_PHOTO_BYTES, MAX_POST_ITEMS } from "@/lib/media/limits";
import { discardUpload } from "@/lib/media/service";
import { tooLarge } from "@/lib/platform/errors";
import { parseInput } from "@/lib/platform/http/parse";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { createPost } from "./create";
import { type NewPost, postFieldsSchema } from "./schemas";
import type { PostView } from "./types";

const MAX_FORM_BYTES = MAX_POST_ITEMS * MAX_PHOTO_BYTES + 1_000_000;

/**
 * Makes a post of a multipart form: photos in parts named `image`, their alt texts in fields named `alt` in the same
 * order, the rest as in JSON. Nothing of a refused form is kept.
 */
export async function createPostFromForm(viewer: Pick<Viewer, "id">, request: Request, key: string | null): Promise<PostView> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_FORM_BYTES) throw tooLarge("The form is larger than 20 photos may be.");
  let mediaIds: string[] = [];
  const read = async (): Promise<NewPost> => {
    const form = await receivePhotoForm(viewer, request, { purpose: "post", maxFiles: MAX_POST_ITEMS });
    mediaIds = form.mediaIds;
    const { alt, "alt[]": alts, circle_ids, "circle_ids[]": circleIds, ...texts } = form.fields;
    const last = Object.fromEntries(Object.entries(texts).map(([name, values]) => [name, values.at(-1)]));
    const fields = parseInput(postFieldsSchema, { ...last, alt: alt ?? alts ?? [], circle_ids: circle_ids ?? circleIds ?? [] }, "body");
    const { show_camera, keep_place } = fields;
    return { ...fields, media: mediaIds.map((id, position) => ({ id, alt: fields.alt[position] ?? "", show_camera, keep_place })) };
  };
  try {
    return await createPost(viewer, read, key);
  } catch (error) {
    await Promise.all(mediaIds.map((id) => discardUpload(viewer, id).catch(() => {})));
    throw error;
  }
}
