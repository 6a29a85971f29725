import { endOtherSessions, listDevices } from "@/lib/accounts/sessions";
import { rest } from "@/lib/platform/http/rest";

export const GET = rest({}, async ({ viewer }) => ({ devices: await listDevices(viewer) }));

export const DELETE = rest({}, async ({ viewer }) => ({ ended: await endOtherSessions(viewer) }));
