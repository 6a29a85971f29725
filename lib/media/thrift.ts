import "server-only";
import { headers } from "next/headers";
import { cache } from "react";

/** Widest pictures, in pixels: of a post, and of a tile in a grid. */
export type Widest = { picture: number; tile: number };

/**
 * What suffices for a reader who saves data or has a slow connection; `null`: as wide as the screen calls for. Browsers
 * send `Save-Data` by themselves, the kind of connection (`ECT`, a Client Hint) because our pages ask for it.
 */
export function widestFor(request: Pick<Headers, "get">): Widest | null {
  const connection = request.get("ect")?.toLowerCase();
  if (request.get("save-data")?.toLowerCase() === "on" || connection === "slow-2g" || connection === "2g") return { picture: 640, tile: 320 };
  return connection === "3g" ? { picture: 1080, tile: 640 } : null;
}

/** `widestFor` of the page being served. */
export const widestHere = cache(async () => widestFor(await headers()));

/** The candidates of a `srcset` that are no wider; the smallest is always among them. */
export function withinWidth(srcset: string, widest: number | undefined): string {
  if (widest === undefined) return srcset;
  const candidates = srcset.split(", ");
  const few = candidates.filter((candidate) => Number(/ (\d+)w$/.exec(candidate)?.[1]) <= widest);
  return (few.length > 0 ? few : candidates.slice(0, 1)).join(", ");
}
