import { sendTest } from "@/lib/notifications/delivery/push";
import { noContent, rest } from "@/lib/platform/http/rest";

export const POST = rest({}, async ({ viewer }) => {
  await sendTest(viewer);
  return noContent();
});
