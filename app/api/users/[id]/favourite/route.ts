import { setFavourite } from "@/lib/graph/service";
import { rest } from "@/lib/platform/http/rest";
import { resolveUserId } from "@/lib/profiles/queries";
import { userParam } from "@/lib/profiles/schemas";

export const POST = rest({ params: userParam }, async ({ viewer, params }) => {
  await setFavourite(viewer, await resolveUserId(params.id), true);
  return { favourite: true };
});

export const DELETE = rest({ params: userParam }, async ({ viewer, params }) => {
  await setFavourite(viewer, await resolveUserId(params.id), false);
  return { favourite: false };
});
