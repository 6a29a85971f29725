"use client";
// Recent searches, on this device only, for each of those who use it.
import { useSyncExternalStore } from "react";

/** Under this alone they once lay, whoever had searched. */
const KEY = "recent-searches";
const MOST = 8;
const none: string[] = [];
/** `who`: an id; null for somebody signed out. */
type Who = string | null;
const keyOf = (who: Who) => `${KEY}:${who ?? "visitor"}`;

let known: { key: string; raw: string | null; list: string[] } = { key: "", raw: null, list: none };
const listeners = new Set<() => void>();

function read(who: Who): string[] {
  const key = keyOf(who);
  let raw: string | null = null;
  try {
    raw = localStorage.getItem(key);
    if (key !== known.key || raw !== known.raw) known = { key, raw, list: raw ? (JSON.parse(raw) as unknown[]).filter((item) => typeof item === "string") : none };
  } catch {
    // Storage is closed or was written by something else: no recent searches.
    known = { key, raw, list: none };
  }
  return known.list;
}

function write(who: Who, list: string[]): void {
  try {
    localStorage.setItem(keyOf(who), JSON.stringify(list));
  } catch {
    // A full or closed storage forgets.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  forgetEverybodys();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function forgetEverybodys(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // What cannot be opened is read by nobody.
  }
}

export const useRememberedSearches = (who: Who) => useSyncExternalStore(subscribe, () => read(who), () => none);

export function rememberSearch(who: Who, text: string): void {
  const words = text.trim();
  if (words) write(who, [words, ...read(who).filter((item) => item !== words)].slice(0, MOST));
}

export const forgetSearch = (who: Who, text: string) => write(who, read(who).filter((item) => item !== text));
export const forgetAllSearches = (who: Who) => write(who, []);
