import "server-only";
import { sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { NEWEST, type Page, type Slice } from "@/lib/platform/pagination/pagination";
import type { Reader } from "@/lib/platform/viewer/writes";
import { hydrateSlice } from "@/lib/posts/hydrate";
import type { PostView } from "@/lib/posts/types";
import { standing } from "./newest";
import { belongs } from "./skeleton";

// Of each favourite (50 at most) as many as the page has, along an index; no feed is stored for it.
const read = prepared<{ id: string }, "viewer" | "cursor" | "limit">("favourites’ posts", (arg) => sql`
  select distinct n.id from favourites v cross join lateral (
    (select p.id from posts p join users u on u.id = p.author_id
     where p.author_id = v.favourite_id and ${standing} and p.id < ${arg("cursor")}::bigint and ${belongs(arg("viewer"))}
     order by p.id desc limit ${arg("limit")}::int)
    union all
    (select p.id from collaborators c join posts p on p.id = c.post_id join users u on u.id = p.author_id
     where c.user_id = v.favourite_id and c.state = 'accepted' and ${standing} and c.post_id < ${arg("cursor")}::bigint and ${belongs(arg("viewer"))}
     order by c.post_id desc limit ${arg("limit")}::int)) n
  where v.user_id = ${arg("viewer")}::bigint order by n.id desc limit ${arg("limit")}::int`);

/** Posts of the viewer's favourites, also those they made with others, as far as they are in the home feed, newest first. */
export async function getFavouritesFeed(viewer: Reader, page: Page): Promise<Slice<PostView>> {
  const rows = await read({ viewer: viewer.id, cursor: page.cursor ?? NEWEST, limit: page.limit + 1 });
  return hydrateSlice(viewer, rows.map((row) => row.id), page);
}
