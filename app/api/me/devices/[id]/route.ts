import { endSession } from "@/lib/accounts/sessions";
import { idParam } from "@/lib/platform/http/params";
import { noContent, rest } from "@/lib/platform/http/rest";

export const DELETE = rest({ params: idParam }, async ({ viewer, params }) => {
  await endSession(viewer.id, params.id);
  return noContent();
});
