import { z } from "zod";
import { declineRequest } from "@/lib/graph/service";
import { rest } from "@/lib/platform/http/rest";
import { resolveUserId } from "@/lib/profiles/queries";
import { userParam } from "@/lib/profiles/schemas";

export const POST = rest({ params: z.object({ user_id: userParam.shape.id }) }, async ({ viewer, params }) => {
  await declineRequest(viewer, await resolveUserId(params.user_id));
  return { accepted: false };
});
