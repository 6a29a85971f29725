import { postParam } from "@/lib/platform/http/params";
import { noContent, rest } from "@/lib/platform/http/rest";
import { getVisiblePost } from "@/lib/posts/queries";
import { editPostSchema } from "@/lib/posts/schemas";
import { deletePost, editPost } from "@/lib/posts/service";

export const GET = rest({ auth: "optional", params: postParam }, ({ viewer, params }) => getVisiblePost(viewer, params.id));

export const PATCH = rest({ params: postParam, body: editPostSchema }, ({ viewer, params, body }) => editPost(viewer, params.id, body));

export const DELETE = rest({ params: postParam }, async ({ viewer, params }) => {
  await deletePost(viewer, params.id);
  return noContent();
});
