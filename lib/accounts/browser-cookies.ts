import "server-only";
import { cookies, headers } from "next/headers";
import { isSecure } from "@/lib/platform/env";
import { newToken } from "@/lib/platform/sealed";
import { describeDevice } from "./device";
import type { Origin } from "./known-devices";

const MINUTE = 60;
const DAY = 86_400;
const name = (end: string) => (isSecure() ? `__Host-heliograph.${end}` : `heliograph.${end}`);
const options = (maxAge: number) => ({ httpOnly: true, sameSite: "lax" as const, path: "/", secure: isSecure(), maxAge });
const isMark = (text: string | undefined): text is string => text !== undefined && /^[\w-]{43}$/.test(text);

/**
 * Where a sign-up or log-in in this browser comes from. The browser keeps a mark of its own, renewed each time (browsers keep none longer than 400 days):
 * by it a new device is told from a known one. From server actions only.
 */
export async function browserOrigin(address: string): Promise<Origin> {
  const jar = await cookies();
  const known = jar.get(name("device"))?.value;
  const mark = isMark(known) ? known : newToken();
  jar.set(name("device"), mark, options(400 * DAY));
  return { address, kind: "browser", device: describeDevice((await headers()).get("user-agent")), mark };
}

/** Keeps the challenge of the second step between the two forms. */
export async function keepChallenge(challenge: string): Promise<void> {
  (await cookies()).set(name("step"), challenge, options(10 * MINUTE));
}

export const readChallenge = async (): Promise<string | undefined> => (await cookies()).get(name("step"))?.value;

export async function dropChallenge(): Promise<void> {
  (await cookies()).set(name("step"), "", options(0));
}

/** Whether the reminder to confirm the address was put away for some days. */
export const isReminderPutAway = async (): Promise<boolean> => (await cookies()).has(name("later"));

export async function putReminderAway(): Promise<void> {
  (await cookies()).set(name("later"), "1", options(7 * DAY));
}
