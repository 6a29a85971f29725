import { declineThread } from "@/lib/messages/service";
import { idParam } from "@/lib/platform/http/params";
import { noContent, rest } from "@/lib/platform/http/rest";

export const POST = rest({ params: idParam }, async ({ viewer, params }) => {
  await declineThread(viewer, params.id);
  return noContent();
});
