"use client";
// The unread count of the open page: the layout's count at first, fresher as the person moves about. Layouts are not rendered
// again on navigation, so the badge would else be as old as the first page.
import { usePathname } from "next/navigation";
import { useEffect, useSyncExternalStore } from "react";
import { badgeTitle } from "./title-badge";
import { isLive, onLive } from "@/components/live/events";

/** Not asked for more often than this, in ms. */
const FRESH = 20_000;

let current: number | null = null;
let asked = 0;
const listeners = new Set<() => void>();

/** For code that learns the count by other means: the notifications page once read (0), a live event. */
export function setUnread(count: number): void {
  current = count;
  badgeTitle("notifications", count);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

let lastPath = "";

/** Asks again when the person has moved on; the first page's count is as new as the page. */
function moved(path: string) {
  const first = lastPath === "";
  if (path === lastPath) return;
  lastPath = path;
  if (first) asked = Date.now();
  else void refresh();
}

async function refresh() {
  if (document.visibilityState === "visible" && Date.now() - asked >= FRESH) await ask();
}

async function ask() {
  asked = Date.now();
  const answer = await fetch("/api/notifications?limit=1").catch(() => null);
  if (!answer?.ok) return;
  const { unread_count } = (await answer.json()) as { unread_count?: number };
  if (typeof unread_count === "number") setUnread(unread_count);
}

/** The count to show; `initial` is what the server knew when it made the page. */
export function useUnread(initial: number): number {
  const path = usePathname();
  useEffect(() => moved(path), [path]);
  useEffect(() => {
    const wake = () => void refresh();
    document.addEventListener("visibilitychange", wake);
    const timer = setInterval(() => !isLive() && wake(), 60_000);
    const stops = [onLive("notification", ({ unread_count }) => setUnread(unread_count)), onLive("reload", () => void ask())];
    return () => {
      stops.forEach((stop) => stop());
      document.removeEventListener("visibilitychange", wake);
      clearInterval(timer);
    };
  }, []);
  // A newer server render (after an action) carries a newer count.
  useEffect(() => setUnread(initial), [initial]);
  return useSyncExternalStore(subscribe, () => current ?? initial, () => initial);
}
