import { env } from "@/lib/platform/env";

/**
 * Whether an unsafe request with a cookie came from our own pages: browsers send `Sec-Fetch-Site` and `Origin`; one
 * that sends neither is no browser and has no business with a cookie.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const origin = headers.get("origin");
  if (origin === null) return site === "same-origin";
  if (origin === new URL(env().PUBLIC_URL).origin) return true;
  // Reached by another name of this machine (localhost, address in the local network): the host must agree.
  try {
    return new URL(origin).host === headers.get("host");
  } catch {
    return false;
  }
}

/**
 * Our own address as this client reaches us, without a path: `PUBLIC_URL`, or the host it asked when that is another
 * name of this machine. Only for answers to the client itself, since it chooses the host.
 */
export function ownOrigin(headers: Headers): string {
  const known = new URL(env().PUBLIC_URL);
  const host = headers.get("host");
  if (host === null || host === known.host || !/^[A-Za-z0-9.:[\]-]+$/.test(host)) return known.origin;
  const forwarded = env().TRUST_PROXY ? headers.get("x-forwarded-proto") : null;
  return `${forwarded === "https" ? "https" : "http"}://${host}`;
}
