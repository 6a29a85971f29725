import "server-only";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { LINE_COOKIE, lineOf } from "./line";

/** Widest pictures, in pixels: of a post, and of a tile in a grid. */
export type Widest = { picture: number; tile: number };

/**
 * What suffices for a reader who saves data or has a slow connection; `null`: as wide as the screen calls for. Browsers
 * send `Save-Data` by themselves, the kind of connection (`ECT`, a Client Hint) because our pages ask for it; `told` is what
 * their script found (`LINE_COOKIE`).
 */
export function widestFor(request: Pick<Headers, "get">, told?: string): Widest | null {
  const line = lineOf({ saveData: request.get("save-data")?.toLowerCase() === "on", effectiveType: request.get("ect")?.toLowerCase() });
  if (line === "narrow" || told === "narrow") return { picture: 640, tile: 320 };
  return line === "modest" || told === "modest" ? { picture: 1080, tile: 640 } : null;
}

/** `widestFor` of the page being served. */
export const widestHere = cache(async () => widestFor(await headers(), (await cookies()).get(LINE_COOKIE)?.value));

/** The candidates of a `srcset` that are no wider; the smallest is always among them. */
export function withinWidth(srcset: string, widest: number | undefined): string {
  if (widest === undefined) return srcset;
  const candidates = srcset.split(", ");
  const few = candidates.filter((candidate) => Number(/ (\d+)w$/.exec(candidate)?.[1]) <= widest);
  return (few.length > 0 ? few : candidates.slice(0, 1)).join(", ");
}
