"use client";
import { useSyncExternalStore } from "react";
import { ownZone, timeText } from "./zoned-time";

const never = () => () => {};

/** A time on the reader's own clock. The server does not know their zone: its page has UTC until the script has run. */
export function LocalTime({ value }: { value: string }) {
  const zone = useSyncExternalStore(never, ownZone, () => "UTC");
  return <time dateTime={value}>{timeText(new Date(value), zone)}</time>;
}
