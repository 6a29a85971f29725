import { deleteComment } from "@/lib/comments/service";
import { idParam } from "@/lib/platform/http/params";
import { noContent, rest } from "@/lib/platform/http/rest";

export const DELETE = rest({ params: idParam }, async ({ viewer, params }) => {
  await deleteComment(viewer, params.id);
  return noContent();
});
