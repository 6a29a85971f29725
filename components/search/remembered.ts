"use client";
// Recent searches, on this device only.
import { useSyncExternalStore } from "react";

const KEY = "recent-searches";
const MOST = 8;
const none: string[] = [];

let known: { raw: string | null; list: string[] } = { raw: null, list: none };
const listeners = new Set<() => void>();

function read(): string[] {
  let raw: string | null = null;
  try {
    raw = localStorage.getItem(KEY);
    if (raw !== known.raw) known = { raw, list: raw ? (JSON.parse(raw) as unknown[]).filter((item) => typeof item === "string") : none };
  } catch {
    // Storage is closed or was written by something else: no recent searches.
    known = { raw, list: none };
  }
  return known.list;
}

function write(list: string[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(list));
  } catch {
    // A full or closed storage forgets.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useRememberedSearches = () => useSyncExternalStore(subscribe, read, () => none);

export function rememberSearch(text: string): void {
  const words = text.trim();
  if (words) write([words, ...read().filter((item) => item !== words)].slice(0, MOST));
}

export const forgetSearch = (text: string) => write(read().filter((item) => item !== text));
export const forgetAllSearches = () => write([]);
