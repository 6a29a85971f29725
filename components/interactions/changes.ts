"use client";
// What this page's visitor changed since the server rendered it, by key ("like:123"): a like given in an overlay shows on
// the card beneath it, and a deleted post is gone from every list that still holds it.
import { useCallback, useSyncExternalStore } from "react";

type Change = { value: unknown; at: number };

const changes = new Map<string, Change>();
const listeners = new Map<string, Set<() => void>>();

/** A change that counts until the server confirms another one. */
export const UNCONFIRMED = Number.POSITIVE_INFINITY;

/** `at` is the server's time (ms) at which the value was true; what the server renders later wins over it. */
export function setChange(key: string, value: unknown, at: number): void {
  changes.set(key, { value, at });
  for (const listener of listeners.get(key) ?? []) listener();
}

/** The value of `key`: what the server rendered at `servedAt`, unless something changed since. */
export function useChange<T>(key: string, served: T, servedAt: number): T {
  const subscribe = useCallback((listener: () => void) => listen(key, listener), [key]);
  const change = useSyncExternalStore(subscribe, () => changes.get(key), () => undefined);
  return change && change.at >= servedAt ? (change.value as T) : served;
}

function listen(key: string, listener: () => void): () => void {
  const set = listeners.get(key) ?? new Set();
  listeners.set(key, set.add(listener));
  return () => {
    set.delete(listener);
    if (set.size === 0) listeners.delete(key);
  };
}
