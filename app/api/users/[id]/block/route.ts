import { block, unblock } from "@/lib/graph/service";
import { rest } from "@/lib/platform/http/rest";
import { resolveUserId } from "@/lib/profiles/queries";
import { userParam } from "@/lib/profiles/schemas";

export const POST = rest({ params: userParam }, async ({ viewer, params }) => {
  await block(viewer, await resolveUserId(params.id));
  return { blocking: true };
});

export const DELETE = rest({ params: userParam }, async ({ viewer, params }) => {
  await unblock(viewer, await resolveUserId(params.id));
  return { blocking: false };
});
