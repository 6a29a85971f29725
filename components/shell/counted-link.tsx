"use client";
import { type ReactNode, useId } from "react";
import { UnreadBadge } from "@/components/ui/badge";
import { NavLink } from "./nav-link";

export type Look = { className: string; labelClass: string };

/** A way to where something waits. Its name never changes; the count is its description and, for the eye, a badge. */
export function CountedLink({ href, label, count, children, ...look }: Look & { href: string; label: string; count: number; children: ReactNode }) {
  const id = useId();
  return (
    <>
      <NavLink href={href} label={label} describedBy={count > 0 ? id : undefined} {...look}>
        <span className="relative flex size-6 items-center justify-center">
          {children}
          <UnreadBadge count={count} className="absolute -top-1.5 -right-2 ring-2 ring-paper" />
        </span>
      </NavLink>
      {count > 0 ? <span id={id} hidden>{`${count > 99 ? "99+" : count} unread`}</span> : null}
    </>
  );
}
