"use client";
import { useId } from "react";
import { UnreadBadge } from "@/components/ui/badge";
import { BellIcon } from "@/components/ui/icons";
import { NavLink } from "./nav-link";
import { useUnread } from "./unread";

/** The way to the notifications. Its name never changes; the count is its description and, for the eye, a badge. */
export function NotificationsLink({ unread, ...look }: { unread: number; className: string; labelClass: string }) {
  const count = useUnread(unread);
  const id = useId();
  return (
    <>
      <NavLink href="/notifications" label="Notifications" describedBy={count > 0 ? id : undefined} {...look}>
        <span className="relative flex size-6 items-center justify-center">
          <BellIcon />
          <UnreadBadge count={count} className="absolute -top-1.5 -right-2 ring-2 ring-paper" />
        </span>
      </NavLink>
      {count > 0 ? <span id={id} hidden>{`${count > 99 ? "99+" : count} unread`}</span> : null}
    </>
  );
}
