import { setTimeout as pause } from "node:timers/promises";
import { redis } from "@/lib/platform/redis/redis";
import { signalPart } from "./parts";

const MISTREATED = ["app", "worker", "Redis"] as const;
/** The supervisor rightly gives up on a part that crashes more often than this within a minute. */
const MOST_KILLS = 4;

/** Kills a part every few seconds, now and then flushes Redis, until the time is up. Returns what it did. */
export async function mischief(until: number, say: (text: string) => void): Promise<string[]> {
  const done: string[] = [];
  const left = Object.fromEntries(MISTREATED.map((part) => [part, MOST_KILLS]));
  while (Date.now() < until - 4000) {
    await pause(2000 + Math.random() * 3000);
    const parts = MISTREATED.filter((part) => left[part]! > 0);
    const part = parts[Math.floor(Math.random() * (parts.length + 1))];
    if (!part) {
      await redis()?.flushall().catch(() => {});
      done.push("flush");
      continue;
    }
    left[part]!--;
    const killed = await signalPart(part, "SIGKILL");
    if (killed === 0) say(`(${part} was not running)`);
    done.push(part);
  }
  return done;
}
