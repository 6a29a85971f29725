import { memberParam } from "@/lib/graph/schemas";
import { addToCircle, removeFromCircle } from "@/lib/graph/service";
import { rest } from "@/lib/platform/http/rest";
import { resolveUserId } from "@/lib/profiles/queries";

export const PUT = rest({ params: memberParam }, async ({ viewer, params }) => {
  await addToCircle(viewer, params.id, await resolveUserId(params.user_id));
  return { member: true };
});

export const DELETE = rest({ params: memberParam }, async ({ viewer, params }) => {
  await removeFromCircle(viewer, params.id, await resolveUserId(params.user_id));
  return { member: false };
});
