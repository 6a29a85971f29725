import { declineRequest } from "@/lib/graph/service";
import { rest } from "@/lib/platform/http/rest";
import { resolveUserId } from "@/lib/profiles/queries";
import { requesterParam } from "@/lib/profiles/schemas";

export const POST = rest({ params: requesterParam }, async ({ viewer, params }) => {
  const undo = await declineRequest(viewer, await resolveUserId(params.user_id));
  return { accepted: false, undo };
});
