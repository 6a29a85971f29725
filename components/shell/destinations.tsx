import type { ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { BookmarkIcon, CreateIcon, ExploreIcon, HomeIcon, SearchIcon, SettingsIcon } from "@/components/ui/icons";

/** Whom the shell greets: the view type its parts take, so that they need no query of their own. */
export type ShellPerson = { username: string; name: string; avatarUrl: string | null };

/** What waits, as the page was made. */
export type Unread = { notifications: number; threads: number };

export type Destination = { href: string; label: string; icon: ReactNode };

type Names = "home" | "search" | "explore" | "create" | "saved" | "profile" | "settings";

/** Where the navigation leads, once; the notifications, which count, are a component of their own. */
export function destinations(person: ShellPerson): Record<Names, Destination> {
  return {
    home: { href: "/", label: "Home", icon: <HomeIcon /> },
    search: { href: "/search", label: "Search", icon: <SearchIcon /> },
    explore: { href: "/explore", label: "Explore", icon: <ExploreIcon /> },
    create: { href: "/create", label: "Create", icon: <CreateIcon /> },
    saved: { href: "/saved", label: "Saved", icon: <BookmarkIcon /> },
    profile: { href: `/${person.username}`, label: "Profile", icon: <Avatar src={person.avatarUrl} name={person.name} size="xs" eager /> },
    settings: { href: "/settings", label: "Settings", icon: <SettingsIcon /> },
  };
}
