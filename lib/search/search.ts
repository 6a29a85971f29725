import "server-only";
import { type Page, paginationOf } from "@/lib/platform/pagination/pagination";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { PlaceView } from "@/lib/posts/types";
import type { UserView } from "@/lib/profiles/types";
import { searchPeople, searchPlaces, searchTags } from "./queries";
import type { TagView } from "./types";

export type SearchKind = "users" | "tags" | "places";
export type SearchAnswer = { users?: UserView[]; tags?: TagView[]; places?: PlaceView[]; pagination: ReturnType<typeof paginationOf> };

const READ = { users: searchPeople, tags: searchTags, places: searchPlaces };

/** One kind, page by page; without a kind the best of each, which does not go on. */
export async function search(viewer: Viewer | null, q: string, kind: SearchKind | undefined, page: Page): Promise<SearchAnswer> {
  if (kind) {
    const slice = await READ[kind](viewer, q, page);
    return { [kind]: slice.items, pagination: paginationOf(page, slice) };
  }
  const first = { limit: page.limit, cursor: null };
  const [users, tags, places] = await Promise.all([searchPeople(viewer, q, first), searchTags(viewer, q, first), searchPlaces(viewer, q, first)]);
  const count = users.items.length + tags.items.length + places.items.length;
  return { users: users.items, tags: tags.items, places: places.items, pagination: { limit: page.limit, count, next_cursor: null } };
}
