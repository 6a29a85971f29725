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

/** What others changed. While the visitor's own change is on its way it is left alone: the answer, or what is heard after it, knows of both. */
export function hearChange(key: string, value: unknown, at: number): void {
  const known = changes.get(key)?.at ?? 0;
  if (known !== UNCONFIRMED) setChange(key, value, Math.max(at, known));
}

/** The key of the number that a setting such as "like:123" moves. */
export const countKeyOf = (key: string): string => `${key}:count`;

/** What was last said of `key` on this page. */
export const lastChange = <T>(key: string): T | undefined => changes.get(key)?.value as T | undefined;

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
