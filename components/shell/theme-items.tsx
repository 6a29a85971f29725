import { ContrastIcon, MoonIcon, SunIcon } from "@/components/ui/icons";
import type { MenuItem } from "@/components/ui/menu";
import type { Theme } from "./theme";

const choices = [
  { value: "light", text: "Light", icon: <SunIcon /> },
  { value: "dark", text: "Dark", icon: <MoonIcon /> },
  { value: "system", text: "As on this device", icon: <ContrastIcon /> },
] as const;

/** The three choices as entries of a menu. */
export function themeItems(theme: Theme, choose: (next: Theme) => void): MenuItem[] {
  return choices.map(({ value, text, icon }) => ({ label: text, icon, checked: theme === value, onSelect: () => choose(value) }));
}

export const themeOptions = choices.map(({ value, text, icon }) => ({ value, text: value === "system" ? "System" : text, icon }));
