import { tellTyping } from "@/lib/messages/change";
import { idParam } from "@/lib/platform/http/params";
import { noContent, rest } from "@/lib/platform/http/rest";

export const POST = rest({ params: idParam }, async ({ viewer, params }) => {
  await tellTyping(viewer, params.id);
  return noContent();
});
