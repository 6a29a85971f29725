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
