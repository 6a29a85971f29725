"use client";
// How many conversations wait to be read: as the page knew it, and then as events tell.
import { useEffect, useSyncExternalStore } from "react";
import { onLive } from "@/components/live/events";
import { badgeTitle } from "./title-badge";

let current: number | null = null;
const listeners = new Set<() => void>();

function set(count: number): void {
  current = count;
  badgeTitle("threads", count);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function ask(): Promise<void> {
  const answer = await fetch("/api/direct/unread").catch(() => null);
  if (answer?.ok) set(((await answer.json()) as { unread_count: number }).unread_count);
}

export function useUnreadThreads(initial: number): number {
  useEffect(() => set(initial), [initial]);
  useEffect(() => {
    const stops = [onLive("message", ({ unread_count: count }) => set(count)), onLive("reload", () => void ask())];
    return () => stops.forEach((stop) => stop());
  }, []);
  return useSyncExternalStore(subscribe, () => current ?? initial, () => initial);
}
