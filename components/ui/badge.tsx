// <Badge>New</Badge>, <Badge tone="accent">3</Badge>.   <UnreadBadge count={12} /> for navigation: a dot with a number, "9+" past nine.
import type { ReactNode } from "react";
import { cn } from "./cn";

const tones = {
  plain: "bg-sunken text-muted",
  accent: "bg-accent-soft text-accent",
  danger: "bg-danger-soft text-danger",
} as const;

export function Badge({ tone = "plain", children, className }: { tone?: keyof typeof tones; children: ReactNode; className?: string }) {
  return <span className={cn("inline-flex min-h-6 items-center rounded-full px-2.5 text-xs font-semibold", tones[tone], className)}>{children}</span>;
}

/** Decoration: whoever uses it says the number in words too (for example in sr-only text). */
export function UnreadBadge({ count, className }: { count: number; className?: string }) {
  if (count <= 0) return null;
  return (
    <span
      aria-hidden="true"
      className={cn("tabular inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-accent px-1 text-[0.6875rem] leading-none font-bold text-on-accent", className)}
    >
      {count > 9 ? "9+" : count}
    </span>
  );
}
