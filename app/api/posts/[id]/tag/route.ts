import { postParam } from "@/lib/platform/http/params";
import { noContent, rest } from "@/lib/platform/http/rest";
import { acceptTagSchema } from "@/lib/posts/schemas";
import { acceptTag, removeTag, reopenTag } from "@/lib/posts/service";

export const POST = rest({ params: postParam, body: acceptTagSchema }, ({ viewer, params, body }) =>
  body.is_proposed ? reopenTag(viewer, params.id) : acceptTag(viewer, params.id, body.is_on_profile));

export const DELETE = rest({ params: postParam }, async ({ viewer, params }) => {
  await removeTag(viewer, params.id);
  return noContent();
});
