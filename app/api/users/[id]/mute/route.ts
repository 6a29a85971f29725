import { mute, unmute } from "@/lib/graph/service";
import { rest } from "@/lib/platform/http/rest";
import { resolveUserId } from "@/lib/profiles/queries";
import { userParam } from "@/lib/profiles/schemas";

export const POST = rest({ params: userParam }, async ({ viewer, params }) => {
  await mute(viewer, await resolveUserId(params.id));
  return { muting: true };
});

export const DELETE = rest({ params: userParam }, async ({ viewer, params }) => {
  await unmute(viewer, await resolveUserId(params.id));
  return { muting: false };
});
