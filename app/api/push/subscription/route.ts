import { deviceSchema, subscriptionSchema } from "@/lib/notifications/delivery/schemas";
import { listPushDevices, subscribe, unsubscribe } from "@/lib/notifications/delivery/subscriptions";
import { rest } from "@/lib/platform/http/rest";
import type { Viewer } from "@/lib/platform/viewer/viewer";

const devices = async (viewer: Viewer) => ({ devices: await listPushDevices(viewer) });

export const GET = rest({}, ({ viewer }) => devices(viewer));

export const PUT = rest({ body: subscriptionSchema }, async ({ viewer, body }) => {
  await subscribe(viewer, body);
  return devices(viewer);
});

export const DELETE = rest({ query: deviceSchema }, async ({ viewer, query }) => {
  await unsubscribe(viewer, query.id);
  return devices(viewer);
});
