"use client";
// A link of the navigation that knows whether its page is the current one. The icon comes from the server.
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";
import { cn } from "@/components/ui/cn";

type Props = {
  href: string;
  label: string;
  /** The icon, with an aria-hidden badge perhaps: the link's name is always its label. */
  children: ReactNode;
  /** Id of an element that says what the badge shows. */
  describedBy?: string;
  labelClass: string;
  className: string;
};

export function NavLink({ href, label, children, describedBy, labelClass, className }: Props) {
  const path = usePathname();
  const current = href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
  return (
    <AppLink
      href={href}
      title={label}
      aria-current={current ? "page" : undefined}
      aria-describedby={describedBy}
      className={cn("relative", className, current ? "text-ink [&_svg]:stroke-[2.35]" : "text-muted hover:text-ink")}
    >
      {children}
      <span className={cn(labelClass, current && "font-semibold")}>{label}</span>
    </AppLink>
  );
}
