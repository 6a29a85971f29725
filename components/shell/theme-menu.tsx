"use client";
import { ContrastIcon } from "@/components/ui/icons";
import { LazyMenu } from "@/components/ui/lazy-menu";
import type { Theme } from "./theme";
import { themeItems } from "./theme-items";
import { useTheme } from "./use-theme";

/** The rail's button that opens the choice of light, dark or the device's own. */
export function ThemeMenu({ theme: stored, className, labelClass }: { theme: Theme; className: string; labelClass: string }) {
  const [theme, choose] = useTheme(stored);
  return (
    <LazyMenu items={themeItems(theme, choose)} align="start" side="top" className={className} title="Appearance">
      <ContrastIcon />
      <span className={labelClass}>Appearance</span>
    </LazyMenu>
  );
}
