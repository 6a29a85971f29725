"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Theme } from "./theme";

const YEAR = 365 * 24 * 3600;

/**
 * The chosen theme and how to choose another: seen at once, kept in a cookie that the server reads for the next page.
 * Nobody but the person is affected by this cookie, so the browser may write it.
 */
export function useTheme(stored: Theme): [Theme, (next: Theme) => void] {
  const [theme, setTheme] = useState(stored);
  const router = useRouter();
  function choose(next: Theme) {
    setTheme(next);
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${next}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
    if (next === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    // Brings the browser's own bar (theme-color) in line.
    router.refresh();
  }
  return [theme, choose];
}
