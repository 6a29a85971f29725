import { follow, unfollow } from "@/lib/graph/service";
import { rest } from "@/lib/platform/http/rest";
import { resolveUserId } from "@/lib/profiles/queries";
import { userParam } from "@/lib/profiles/schemas";

export const POST = rest({ params: userParam }, async ({ viewer, params }) => follow(viewer, await resolveUserId(params.id)));
export const DELETE = rest({ params: userParam }, async ({ viewer, params }) => unfollow(viewer, await resolveUserId(params.id)));
