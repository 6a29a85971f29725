"use client";
import { useSyncExternalStore } from "react";

const query = () => window.matchMedia("(pointer: coarse)");

function subscribe(changed: () => void) {
  const watched = query();
  watched.addEventListener("change", changed);
  return () => watched.removeEventListener("change", changed);
}

/** Whether fingers are what one points with. */
export const useCoarse = (): boolean => useSyncExternalStore(subscribe, () => query().matches, () => false);

/** The same, asked once. */
export const isCoarse = (): boolean => query().matches;
