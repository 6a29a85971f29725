"use client";
// <ThemeChoice theme={await readTheme()} /> for the settings page: three segments, in effect at once.
import { SegmentedControl } from "@/components/ui/segmented";
import type { Theme } from "./theme";
import { themeOptions } from "./theme-items";
import { useTheme } from "./use-theme";

export function ThemeChoice({ theme: stored }: { theme: Theme }) {
  const [theme, choose] = useTheme(stored);
  return <SegmentedControl label="Appearance" name="theme" options={themeOptions} value={theme} onChange={choose} />;
}
