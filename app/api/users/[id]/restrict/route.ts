import { restrict, unrestrict } from "@/lib/graph/service";
import { rest } from "@/lib/platform/http/rest";
import { resolveUserId } from "@/lib/profiles/queries";
import { userParam } from "@/lib/profiles/schemas";

export const POST = rest({ params: userParam }, async ({ viewer, params }) => {
  await restrict(viewer, await resolveUserId(params.id));
  return { restricting: true };
});

export const DELETE = rest({ params: userParam }, async ({ viewer, params }) => {
  await unrestrict(viewer, await resolveUserId(params.id));
  return { restricting: false };
});
