import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { notFound } from "@/lib/platform/errors";
import { NEWEST, type Page, type Slice } from "@/lib/platform/pagination/pagination";
import { type Reader, sourceFor } from "@/lib/platform/viewer/writes";
import { postVisible } from "@/lib/platform/visibility/visibility";
import { sensitiveWanted } from "@/lib/privacy/sensitive";
import { hydrateSlice } from "./hydrate";
import { parseTag } from "./text";
import type { PlaceView, PostView, TagView } from "./types";

/** Posts that bear a hashtag, or were taken at a place: the same two orders, the same rule. */
type Asker = Reader | null;
export type Sort = "recent" | "top";
/** `indexed`: for a page that search engines read: to visitors it shows posts of those only who want to be found. */
type Wanted = Page & { indexed?: boolean };

/** "Top" ranks this many of the newest. */
const TOP_OF = sql.raw("500");
const SCORE = sql.raw("(p.like_count + 2 * p.comment_count)");
const FOUND = sql.raw("not exists (select 1 from privacy_settings s where s.user_id = p.author_id and not s.is_indexed)");
const LIVE = sql.raw("p.deleted_at is null and p.archived_at is null and p.status = 'published'");

type Args = "viewer" | "key" | "cursor" | "limit";
type Arg = (name: Args) => string;

/** Newest first by an index that knows nothing else: the posts are looked up one after another until the page is full. */
const ofTag = (key: string): SQL => sql`(select post_id as id from post_tags where tag_id = ${key}::bigint`;
const ofPlace = (key: string): SQL => sql`(select id from posts where place_id is not null and place_id = ${key}::bigint`;

/** No limit, but the planner thinks of one, and goes down an index instead of sorting all posts of a place, which on the average are few. */
const fromTop = (arg: Arg): SQL => sql`limit ${arg("limit")}::int + 2000000000`;

type Source = { rows: SQL; column: SQL; isFound?: boolean };

const visible = (viewer: string | null, { isFound }: Source): SQL => sql`lateral (
  select p.id, ${SCORE} as score from posts p join users u on u.id = p.author_id where p.id = k.id and ${LIVE} and ${sensitiveWanted(viewer)} and ${isFound ? FOUND : sql`true`} and ${postVisible(viewer)} offset 0) seen`;

const recent = (source: Source, viewer: string | null, arg: Arg) => sql`
  select seen.id from ${source.rows} and ${source.column} < ${arg("cursor")}::bigint order by ${source.column} desc ${fromTop(arg)}) k cross join ${visible(viewer, source)} limit ${arg("limit")}::int`;

/** The page goes on below the place that the cursor's post has now. */
const top = (source: Source, viewer: string | null, arg: Arg) => sql`
  select id from (select seen.id, seen.score from ${source.rows} order by ${source.column} desc ${fromTop(arg)}) k cross join ${visible(viewer, source)} limit ${TOP_OF}) newest
  where ${arg("cursor")}::bigint = ${sql.raw(NEWEST)} or (score, id) < (select ${SCORE}, p.id from posts p where p.id = ${arg("cursor")}::bigint)
  order by score desc, id desc limit ${arg("limit")}::int`;

const statements = (of: string, rows: (key: string) => SQL, column: SQL) => {
  const make = (sort: Sort, shape: typeof recent) => ({
    forViewer: prepared<{ id: string }, Args>(`${sort} posts of a ${of} for a viewer`, (arg) => shape({ rows: rows(arg("key")), column }, arg("viewer"), arg)),
    signedOut: prepared<{ id: string }, Args>(`${sort} posts of a ${of} signed out`, (arg) => shape({ rows: rows(arg("key")), column }, null, arg)),
    indexed: prepared<{ id: string }, Args>(`${sort} posts of a ${of} for search engines`, (arg) => shape({ rows: rows(arg("key")), column, isFound: true }, null, arg)),
  });
  return { recent: make("recent", recent), top: make("top", top) };
};

const TAG = statements("tag", ofTag, sql.raw("post_id"));
const PLACE = statements("place", ofPlace, sql.raw("id"));

async function list(all: typeof TAG, viewer: Asker, key: string, page: Wanted, sort: Sort): Promise<Slice<PostView>> {
  const { forViewer, signedOut, indexed } = all[sort];
  const args = { viewer: viewer?.id ?? null, key, cursor: page.cursor ?? NEWEST, limit: page.limit + 1 };
  const rows = await (viewer ? forViewer : page.indexed ? indexed : signedOut)(args, sourceFor(viewer));
  return hydrateSlice(viewer, rows.map((row) => row.id), page);
}

const readTag = prepared<TagView, "name">("tag", (arg) => sql`select id, name, post_count from tags where name = ${arg("name")}`);

/** A hashtag with the number of public posts; one that nobody has used is there too, empty. Throws not_found for what is no hashtag. */
export async function getTag(text: string): Promise<TagView> {
  const name = parseTag(text);
  if (name === null) throw notFound();
  const [tag] = await readTag({ name });
  return tag ?? { id: "0", name, post_count: 0 };
}

/** Visible posts that bear the tag (given with or without #). Throws not_found for what is no hashtag. */
export async function listTagPosts(viewer: Asker, tag: string, page: Wanted, sort: Sort = "recent"): Promise<Slice<PostView>> {
  const { id } = await getTag(tag);
  return id === "0" ? { items: [], nextCursor: null } : list(TAG, viewer, id, page, sort);
}

const placeVisible = (viewer: string | null, which: SQL) => sql`exists (
  select 1 from posts p join users u on u.id = p.author_id where p.place_id is not null and p.place_id = pl.id and ${LIVE} and ${which} and ${postVisible(viewer)})`;
const readPlace = (viewer: string | null, id: string, which = sql`true`) => sql`select pl.id, pl.name, pl.latitude, pl.longitude from places pl where pl.id = ${id}::bigint and ${placeVisible(viewer, which)}`;
const readPlaceForViewer = prepared<PlaceView, "viewer" | "id">("place for a viewer", (arg) => readPlace(arg("viewer"), arg("id")));
const readPlaceSignedOut = prepared<PlaceView, "id">("place signed out", (arg) => readPlace(null, arg("id")));

const readPlaceIndexed = prepared<PlaceView, "id">("place for search engines", (arg) => readPlace(null, arg("id"), FOUND));

/** Whether search engines may show the place: somebody who wants to be found showed something there to everybody. */
export const isPlaceIndexed = async (id: string): Promise<boolean> => (await readPlaceIndexed({ id })).length > 0;

/** A place at which the viewer may see a post; others do not exist for them. Throws not_found. */
export async function getPlace(viewer: Asker, id: string): Promise<PlaceView> {
  const [place] = await (viewer ? readPlaceForViewer({ viewer: viewer.id, id }) : readPlaceSignedOut({ id }));
  if (!place) throw notFound();
  return place;
}

/** Visible posts taken at the place. Throws not_found when there are none. */
export async function listPlacePosts(viewer: Asker, placeId: string, page: Wanted, sort: Sort = "recent"): Promise<Slice<PostView>> {
  await getPlace(viewer, placeId);
  return list(PLACE, viewer, placeId, page, sort);
}
