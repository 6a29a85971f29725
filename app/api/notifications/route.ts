import { countUnread, listNotifications } from "@/lib/notifications/queries";
import { rest } from "@/lib/platform/http/rest";
import { pageSchema, paginationOf } from "@/lib/platform/pagination/pagination";

export const GET = rest({ query: pageSchema }, async ({ viewer, query }) => {
  const [slice, unread] = await Promise.all([listNotifications(viewer, query), countUnread(viewer)]);
  return { notifications: slice.items, unread_count: unread, pagination: paginationOf(query, slice) };
});
