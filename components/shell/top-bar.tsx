import { Wordmark } from "@/components/brand/mark";
import { AppLink } from "@/components/ui/app-link";
import { IconLink, iconButtonClass } from "@/components/ui/icon-button";
import { ExploreIcon } from "@/components/ui/icons";
import { MessagesLink } from "./messages-link";
import { MoreMenu } from "./more-menu";
import type { Theme } from "./theme";

/** The head of phones: the name, and what the bottom bar has no room for. */
export function TopBar({ theme, unread }: { theme: Theme; /** Conversations. */ unread: number }) {
  return (
    <header data-bar className="pad-safe-t sticky top-0 z-30 border-b bg-paper md:hidden">
      <div className="flex h-bar items-center justify-between pr-2 pl-4">
        <AppLink href="/" aria-label="Heliograph" className="flex min-h-11 items-center rounded-md">
          <Wordmark />
        </AppLink>
        <div className="flex">
          <IconLink href="/explore" label="Explore" prefetch={false}><ExploreIcon /></IconLink>
          <MessagesLink unread={unread} className={iconButtonClass()} labelClass="sr-only" />
          <MoreMenu theme={theme} />
        </div>
      </div>
    </header>
  );
}
