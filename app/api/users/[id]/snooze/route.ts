import { setSnooze } from "@/lib/feed/feedback";
import { rest } from "@/lib/platform/http/rest";
import { resolveUserId } from "@/lib/profiles/queries";
import { userParam } from "@/lib/profiles/schemas";

export const POST = rest({ params: userParam }, async ({ viewer, params }) => ({ snoozed: true, until: await setSnooze(viewer, await resolveUserId(params.id), true) }));
export const DELETE = rest({ params: userParam }, async ({ viewer, params }) => ({ snoozed: false, until: await setSnooze(viewer, await resolveUserId(params.id), false) }));
