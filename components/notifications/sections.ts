import type { NotificationView } from "@/lib/notifications/types";

const DAY = 86_400_000;

export type Section = "Today" | "This week" | "Earlier";

/** Under which heading a notification stands, counted back from now (ms). */
export function sectionOf({ created_at }: Pick<NotificationView, "created_at">, now: number): Section {
  const age = now - Date.parse(created_at);
  return age < DAY ? "Today" : age < 7 * DAY ? "This week" : "Earlier";
}

/** Notifications per part of the page. */
export const NOTIFICATIONS_PART = 25;
