import "server-only";
import { randomBytes } from "node:crypto";
import type { OpenedSession } from "./sessions";

/**
 * How a session that has just been opened reaches next-auth's credentials provider in the same process, without the
 * password being checked a second time: a random, single-use name for it, good for some seconds.
 */
const SECONDS = 30;
const waiting = new Map<string, { session: OpenedSession; until: number }>();

export function handOver(session: OpenedSession): string {
  for (const [name, { until }] of waiting) if (until < Date.now()) waiting.delete(name);
  const name = randomBytes(32).toString("base64url");
  waiting.set(name, { session, until: Date.now() + SECONDS * 1000 });
  return name;
}

export function takeOver(name: string): OpenedSession | null {
  const found = waiting.get(name);
  waiting.delete(name);
  return found && found.until >= Date.now() ? found.session : null;
}
