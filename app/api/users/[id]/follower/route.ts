import { removeFollower } from "@/lib/graph/service";
import { rest } from "@/lib/platform/http/rest";
import { resolveUserId } from "@/lib/profiles/queries";
import { userParam } from "@/lib/profiles/schemas";

export const DELETE = rest({ params: userParam }, async ({ viewer, params }) => {
  await removeFollower(viewer, await resolveUserId(params.id));
  return { followed_by: false };
});
