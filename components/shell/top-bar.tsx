import { Wordmark } from "@/components/brand/mark";
import { AppLink } from "@/components/ui/app-link";
import { IconLink } from "@/components/ui/icon-button";
import { ExploreIcon } from "@/components/ui/icons";
import { MoreMenu } from "./more-menu";
import type { Theme } from "./theme";

/** The head of phones: the name, and what the bottom bar has no room for. */
export function TopBar({ theme }: { theme: Theme }) {
  return (
    <header className="pad-safe-t sticky top-0 z-30 border-b bg-paper md:hidden">
      <div className="flex h-bar items-center justify-between pr-2 pl-4">
        <AppLink href="/" aria-label="Heliograph" className="flex min-h-11 items-center rounded-md">
          <Wordmark />
        </AppLink>
        <div className="flex">
          <IconLink href="/explore" label="Explore" prefetch={false}><ExploreIcon /></IconLink>
          <MoreMenu theme={theme} />
        </div>
      </div>
    </header>
  );
}
