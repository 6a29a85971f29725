import { restoreRequestSchema } from "@/lib/graph/schemas";
import { restoreRequest } from "@/lib/graph/service";
import { rest } from "@/lib/platform/http/rest";
import { resolveUserId } from "@/lib/profiles/queries";
import { requesterParam } from "@/lib/profiles/schemas";

export const POST = rest({ params: requesterParam, body: restoreRequestSchema }, async ({ viewer, params, body }) => {
  await restoreRequest(viewer, await resolveUserId(params.user_id), body.undo);
  return { requested: true };
});
