import "server-only";
import { ownOrigin } from "@/lib/platform/http/origin";

/** The embedded store signs paths; a client that is no browser needs the whole addresses of file and parts. */
export function absoluteAddresses<T extends { url?: string; parts?: { url: string }[] }>(answer: T, headers: Headers): T {
  const origin = ownOrigin(headers);
  const whole = <U extends { url?: string }>(one: U): U => (one.url === undefined ? one : { ...one, url: new URL(one.url, origin).href });
  return { ...whole(answer), ...(answer.parts ? { parts: answer.parts.map(whole) } : {}) };
}
