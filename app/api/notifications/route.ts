import { countUnread, listNotifications } from "@/lib/notifications/queries";
import { notificationsPageSchema } from "@/lib/notifications/schemas";
import { rest } from "@/lib/platform/http/rest";
import { paginationOf } from "@/lib/platform/pagination/pagination";

export const GET = rest({ query: notificationsPageSchema }, async ({ viewer, query }) => {
  const [slice, unread] = await Promise.all([listNotifications(viewer, query, query.show), countUnread(viewer)]);
  return { notifications: slice.items, unread_count: unread, pagination: paginationOf(query, slice) };
});
