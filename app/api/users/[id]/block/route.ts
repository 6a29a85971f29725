import { blockSchema } from "@/lib/graph/schemas";
import { block, unblock } from "@/lib/graph/service";
import { rest } from "@/lib/platform/http/rest";
import { resolveUserId } from "@/lib/profiles/queries";
import { userParam } from "@/lib/profiles/schemas";

export const POST = rest({ params: userParam, body: blockSchema }, async ({ viewer, params, body }) => {
  await block(viewer, await resolveUserId(params.id), body.and_new_accounts);
  return { blocking: true };
});

export const DELETE = rest({ params: userParam }, async ({ viewer, params }) => {
  await unblock(viewer, await resolveUserId(params.id));
  return { blocking: false };
});
