"use client";
import { BellIcon } from "@/components/ui/icons";
import { CountedLink, type Look } from "./counted-link";
import { useUnread } from "./unread";

export function NotificationsLink({ unread, ...look }: Look & { unread: number }) {
  return <CountedLink href="/notifications" label="Notifications" count={useUnread(unread)} {...look}><BellIcon /></CountedLink>;
}
