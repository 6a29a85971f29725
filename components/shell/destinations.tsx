import type { ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { UnreadBadge } from "@/components/ui/badge";
import { BellIcon, BookmarkIcon, CreateIcon, ExploreIcon, HomeIcon, SearchIcon, SettingsIcon } from "@/components/ui/icons";

/** Whom the shell greets: the view type its parts take, so that they need no query of their own. */
export type ShellPerson = { username: string; name: string; avatarUrl: string | null };

export type Destination = { href: string; label: string; icon: ReactNode; describedBy?: string };

type Names = "home" | "search" | "explore" | "create" | "notifications" | "saved" | "profile" | "settings";

/** Every place the navigation leads to, once. `scope` tells the rail's description of the unread count from the bar's. */
export function destinations(person: ShellPerson, unread: number, scope: string): Record<Names, Destination> {
  return {
    home: { href: "/", label: "Home", icon: <HomeIcon /> },
    search: { href: "/search", label: "Search", icon: <SearchIcon /> },
    explore: { href: "/explore", label: "Explore", icon: <ExploreIcon /> },
    create: { href: "/create", label: "Create", icon: <CreateIcon /> },
    notifications: {
      href: "/notifications",
      label: "Notifications",
      describedBy: unread > 0 ? `${scope}-unread` : undefined,
      icon: (
        <span className="relative">
          <BellIcon />
          <UnreadBadge count={unread} className="absolute -top-1.5 -right-2 ring-2 ring-paper" />
        </span>
      ),
    },
    saved: { href: "/saved", label: "Saved", icon: <BookmarkIcon /> },
    profile: { href: `/${person.username}`, label: "Profile", icon: <Avatar src={person.avatarUrl} name={person.name} size="xs" eager /> },
    settings: { href: "/settings", label: "Settings", icon: <SettingsIcon /> },
  };
}

/** What the badge shows, in words, for the link's description. */
export function UnreadDescription({ count, scope }: { count: number; scope: string }) {
  return count > 0 ? <span id={`${scope}-unread`} hidden>{`${count} unread`}</span> : null;
}
