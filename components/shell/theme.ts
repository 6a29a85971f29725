import "server-only";
import { cookies } from "next/headers";

export type Theme = "light" | "dark" | "system";
export const THEME_COOKIE = "theme";

/** The stored choice, read on the server so that the first paint already has it. Anything unknown is "system". */
export async function readTheme(): Promise<Theme> {
  const value = (await cookies()).get(THEME_COOKIE)?.value;
  return value === "light" || value === "dark" ? value : "system";
}
