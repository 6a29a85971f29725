import { getComment } from "@/lib/comments/queries";
import { editCommentSchema } from "@/lib/comments/schemas";
import { deleteComment, editComment } from "@/lib/comments/service";
import { idParam } from "@/lib/platform/http/params";
import { noContent, rest } from "@/lib/platform/http/rest";

export const GET = rest({ auth: "optional", params: idParam }, ({ viewer, params }) => getComment(viewer, params.id));

export const PATCH = rest({ params: idParam, body: editCommentSchema }, ({ viewer, params, body }) => editComment(viewer, params.id, body.content));

export const DELETE = rest({ params: idParam }, async ({ viewer, params }) => {
  await deleteComment(viewer, params.id);
  return noContent();
});
