import { muteSchema } from "@/lib/graph/schemas";
import { mute, unmute } from "@/lib/graph/service";
import { rest } from "@/lib/platform/http/rest";
import { resolveUserId } from "@/lib/profiles/queries";
import { userParam } from "@/lib/profiles/schemas";

export const POST = rest({ params: userParam, body: muteSchema }, async ({ viewer, params, body }) => mute(viewer, await resolveUserId(params.id), body));

export const DELETE = rest({ params: userParam }, async ({ viewer, params }) => unmute(viewer, await resolveUserId(params.id)));
