import "server-only";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { PlaceView } from "@/lib/posts/types";
import type { UserView } from "@/lib/profiles/types";
import { searchPeople, searchPlaces, searchTags } from "@/lib/search/queries";
import type { TagView } from "@/lib/search/types";

export const SEARCH_TYPES = ["users", "tags", "places"] as const;
export type SearchType = (typeof SEARCH_TYPES)[number];

export type Found =
  | { type: "users"; items: UserView[]; nextCursor: string | null }
  | { type: "tags"; items: TagView[]; nextCursor: string | null }
  | { type: "places"; items: PlaceView[]; nextCursor: string | null };

const LIMIT = 20;

/** One part of the results of a kind. */
export async function searchPart(viewer: Viewer | null, type: SearchType, q: string, cursor: string | null): Promise<Found> {
  const page = { limit: LIMIT, cursor };
  if (type === "tags") return { type, ...(await searchTags(viewer, q, page)) };
  if (type === "places") return { type, ...(await searchPlaces(viewer, q, page)) };
  return { type, ...(await searchPeople(viewer, q, page)) };
}
