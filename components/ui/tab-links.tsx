// <TabLinks label="Profile" items={[{ href: "/ada", text: "Posts", icon: <GridIcon />, current: true }, …]} />   Tabs that are pages.
import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "./cn";

// The padding shows the end of the tab before it.
export const tabListClass = "flex scroll-px-14 gap-6 overflow-x-auto border-b";
/** The current tab is near where a row that is wider than the screen begins (where browsers know how). */
export const tabClass = cn(
  "aria-[current=page]:[scroll-initial-target:nearest]",
  "relative -mb-px flex min-h-12 min-w-11 shrink-0 items-center justify-center gap-2 border-b-2 border-transparent px-1 text-ui font-semibold whitespace-nowrap text-muted",
  "transition-colors hover:text-ink focus-visible:-outline-offset-2 [&>svg]:size-5",
  "aria-[current=page]:border-accent aria-[current=page]:text-ink data-[state=active]:border-accent data-[state=active]:text-ink",
);

type Item = { href: string; text: string; icon?: ReactNode; current: boolean };

export function TabLinks({ label, items, className }: { label: string; items: Item[]; className?: string }) {
  return (
    <nav aria-label={label} className={cn(tabListClass, className)}>
      {items.map(({ href, text, icon, current }) => (
        <Link key={href} href={href} aria-current={current ? "page" : undefined} className={tabClass}>
          {icon}
          {text}
        </Link>
      ))}
    </nav>
  );
}
