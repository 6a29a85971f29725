"use server";
import { z } from "zod";
import { cursorSchema } from "@/components/feed/cursor";
import { listNotifications } from "@/lib/notifications/queries";
import { tabSchema } from "@/lib/notifications/schemas";
import { action } from "@/lib/platform/http/action";
import { idTime } from "@/lib/platform/ids";
import { loadFollowers } from "./followers";
import { NotificationSections } from "./notification-sections";
import { NOTIFICATIONS_PART, sectionOf } from "./sections";

export const moreNotifications = action({ schema: z.object({ cursor: cursorSchema, show: tabSchema }), reads: true }, async ({ viewer, input }) => {
  const { items, nextCursor } = await listNotifications(viewer, { limit: NOTIFICATIONS_PART, cursor: input.cursor }, input.show);
  const now = Date.now();
  // The cursor is the last line's id of the part before, and an id knows its time.
  const before = sectionOf({ created_at: idTime(input.cursor).toISOString() }, now);
  return { nodes: <NotificationSections items={items} followers={await loadFollowers(viewer, items)} now={now} before={before} />, next: nextCursor };
});
