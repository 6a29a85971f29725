import { postParam } from "@/lib/platform/http/params";
import { noContent, rest } from "@/lib/platform/http/rest";
import { purgeNow } from "@/lib/posts/service";

export const DELETE = rest({ params: postParam }, async ({ viewer, params }) => {
  await purgeNow(viewer, params.id);
  return noContent();
});
