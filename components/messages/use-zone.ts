"use client";
import { useSyncExternalStore } from "react";

const never = () => () => {};

/** The time zone in which times are written: the server's until the page is awake, then the device's own. */
export const useZone = (): string | undefined => useSyncExternalStore(never, () => undefined, () => "UTC");

/** Whether the page is awake: what only the device knows may be shown. */
export const useIsAwake = (): boolean => useSyncExternalStore(never, () => true, () => false);
