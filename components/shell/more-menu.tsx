"use client";
import { startTransition } from "react";
import { logOut } from "@/lib/accounts/actions";
import { BookmarkIcon, LogOutIcon, MenuIcon, SettingsIcon } from "@/components/ui/icons";
import { MenuButton } from "@/components/ui/menu-button";
import type { Theme } from "./theme";
import { themeItems } from "./theme-items";
import { useTheme } from "./use-theme";

/** On phones: what the bottom bar has no room for. */
export function MoreMenu({ theme: stored }: { theme: Theme }) {
  const [theme, choose] = useTheme(stored);
  return (
    <MenuButton
      label="More"
      items={[
        { label: "Saved", href: "/saved", icon: <BookmarkIcon /> },
        { label: "Settings", href: "/settings", icon: <SettingsIcon /> },
        "line",
        ...themeItems(theme, choose),
        "line",
        { label: "Log out", icon: <LogOutIcon />, onSelect: () => startTransition(() => void logOut()) },
      ]}
    >
      <MenuIcon />
    </MenuButton>
  );
}
