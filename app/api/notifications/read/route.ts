import { countUnread } from "@/lib/notifications/queries";
import { markReadSchema } from "@/lib/notifications/schemas";
import { markRead } from "@/lib/notifications/service";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ body: markReadSchema }, async ({ viewer, body }) => {
  await markRead(viewer, body.up_to ?? null);
  return { unread_count: await countUnread(viewer) };
});
