import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { type PersonRow, personColumns, toUserView } from "@/lib/graph/people";
import { withSeenCounts } from "@/lib/graph/uncounted";
import type { UserView } from "@/lib/profiles/types";
import { type Page, type Slice, sliceOf } from "@/lib/platform/pagination/pagination";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible, postVisible } from "@/lib/platform/visibility/visibility";
import { type Reader, sourceFor } from "@/lib/platform/viewer/writes";
import type { PlaceView } from "@/lib/posts/types";
import { searchTerm, type SearchTerm } from "./text";
import type { TagView } from "./types";

type Asker = Reader | null;

/** So many of the best are ranked; a search is refined rather than read further. */
const MOST = sql.raw("200");

type Args = "viewer" | "text" | "prefix" | "word" | "anywhere" | "isLong" | "cursor" | "limit";
type Arg = (name: Args) => string;

const empty = <T>(): Slice<T> => ({ items: [], nextCursor: null });

/** Pages by the place that the cursor's row has in the ranking. */
const afterCursor = (arg: Arg): SQL => sql`rank > case when ${arg("cursor")}::bigint is null then 0 else coalesce((select rank from ranked where id = ${arg("cursor")}::bigint), ${MOST} + 1) end`;

const people = (viewer: string | null, arg: Arg): SQL => sql`
  with hits as materialized (
    select u.id, u.follower_count,
      case when u.username_key = ${arg("text")} then 0 when u.username_key like ${arg("prefix")} then 1
           when lower(u.full_name) like ${arg("prefix")} or lower(u.full_name) like ${arg("word")} then 2 else 3 end as grade,
      ${follows(viewer)} as followed, 0::real as distance
    from users u
    where u.deleted_at is null and (u.username_key like ${arg("anywhere")} or lower(u.full_name) like ${arg("anywhere")} or lower(u.full_name) like ${arg("word")})
    order by grade, followed desc, u.follower_count desc, u.id limit ${MOST}),
  -- Judged before anything depends on them: nothing else may differ by who is there but not for the viewer.
  seen as materialized (select hits.* from hits join users u on u.id = hits.id where ${accountVisible(viewer)}),
  -- Only when nothing begins as it was typed is it taken for a typing error.
  alike as (
    select u.id, u.username_key, lower(u.full_name) as name, u.follower_count, ${follows(viewer)} as followed from users u
    where ${arg("isLong")}::boolean and not exists (select 1 from seen where grade < 3) and u.deleted_at is null
      and (${arg("text")} <% u.username_key or ${arg("text")} <% lower(u.full_name)) and u.id not in (select id from seen) and ${accountVisible(viewer)}
    order by u.follower_count desc, u.id limit 100),
  guesses as (
    select id, follower_count, 4 as grade, followed, least(${arg("text")} <<-> username_key, ${arg("text")} <<-> name) as distance from alike
    order by distance, follower_count desc, id limit 20),
  ranked as (
    select id, row_number() over (order by grade, distance, followed desc, follower_count desc, id) as rank
    from (select * from seen union all select * from guesses) found)
  select ${personColumns(viewer)} from ranked join users u on u.id = ranked.id
  where ${afterCursor(arg)} order by rank limit ${arg("limit")}::int`;

// One hash of those one follows (7,500 at most), instead of a look-up for each hit.
const follows = (viewer: string | null): SQL =>
  viewer === null ? sql`false` : sql`(u.id in (select f.followee_id from follows f where f.follower_id = ${viewer}::bigint and f.state = 'active'))`;

const peopleForViewer = prepared<PersonRow, Args>("people found for a viewer", (arg) => people(arg("viewer"), arg));
const peopleSignedOut = prepared<PersonRow, Exclude<Args, "viewer">>("people found signed out", (arg) => people(null, arg as Arg));

const argsOf = (term: SearchTerm, page: Page) => ({
  text: term.text, prefix: term.prefix, word: term.word, anywhere: term.isLong ? term.infix : term.prefix, isLong: term.isLong, cursor: page.cursor, limit: page.limit + 1,
});

/**
 * People whose username or name begins with, has, or nearly is what was typed: the very name first, then usernames and
 * names that begin so; within each those whom the viewer follows, then the popular. Blocked ones do not exist.
 */
export async function searchPeople(viewer: Asker, q: string, page: Page): Promise<Slice<UserView>> {
  const term = searchTerm(q);
  if (!term) return empty();
  const args = argsOf(term, page);
  const source = sourceFor(viewer);
  const rows = await (viewer ? peopleForViewer({ ...args, viewer: viewer.id }, source) : peopleSignedOut(args, source));
  const slice = sliceOf(rows, page.limit, (row) => row.id);
  const kept = source === "primary" ? slice.items : await stillVisible(viewer, slice.items, judgePeople, judgePeopleSignedOut);
  const me = viewer?.id ?? null;
  return { items: await withSeenCounts(me, kept.map((row) => toUserView(row, me))), nextCursor: slice.nextCursor };
}

type Judge<Name extends string> = (values: Record<Name, string>) => Promise<{ id: string }[]>;

/** Of what a replica found, what the primary says may be seen now. */
async function stillVisible<T extends { id: string }>(viewer: Asker, found: T[], forViewer: Judge<"viewer" | "ids">, signedOut: Judge<"ids">): Promise<T[]> {
  if (found.length === 0) return found;
  const ids = `{${found.map(({ id }) => id).join(",")}}`;
  const rows = await (viewer ? forViewer({ viewer: viewer.id, ids }) : signedOut({ ids }));
  const visible = new Set(rows.map(({ id }) => id));
  return found.filter(({ id }) => visible.has(id));
}

const judgedPeople = (viewer: string | null, ids: string): SQL => sql`select u.id from unnest(${ids}::text::bigint[]) as w(id) join users u on u.id = w.id where ${accountVisible(viewer)}`;
const judgePeople = prepared<{ id: string }, "viewer" | "ids">("people judged for a viewer", (arg) => judgedPeople(arg("viewer"), arg("ids")));
const judgePeopleSignedOut = prepared<{ id: string }, "ids">("people judged signed out", (arg) => judgedPeople(null, arg("ids")));

type TagArgs = "text" | "prefix" | "anywhere" | "cursor" | "limit";
const readTags = prepared<TagView, TagArgs>("tags found", (arg) => sql`
  with ranked as (
    select id, name, post_count, row_number() over (order by grade, post_count desc, id) as rank from (
      select id, name, post_count, case when name = ${arg("text")} then 0 when name like ${arg("prefix")} then 1 else 2 end as grade
      from tags where name like ${arg("anywhere")} and post_count > 0 order by grade, post_count desc, id limit ${MOST}) best)
  select id, name, post_count from ranked where ${afterCursor(arg as Arg)} order by rank limit ${arg("limit")}::int`);

/** Hashtags of public posts that begin with what was typed, most used first, then those that have it inside. */
export async function searchTags(viewer: Asker, q: string, page: Page): Promise<Slice<TagView>> {
  const term = searchTerm(q);
  if (!term) return empty();
  const { text, prefix, anywhere, cursor, limit } = argsOf(term, page);
  return sliceOf(await readTags({ text, prefix, anywhere, cursor, limit }, sourceFor(viewer)), page.limit, (row) => row.id);
}

// Not `exists`: as a join it might read all people into a hash.
const shownAt = (viewer: string | null): SQL => sql`coalesce((
  select true from posts p join users u on u.id = p.author_id
  where p.place_id is not null and p.place_id = pl.id and p.deleted_at is null and p.archived_at is null and p.status = 'published' and ${postVisible(viewer)} limit 1), false)`;
const judgedPlaces = (viewer: string | null, ids: string): SQL => sql`select pl.id from unnest(${ids}::text::bigint[]) as w(id) join places pl on pl.id = w.id where ${shownAt(viewer)}`;
const judgePlaces = prepared<{ id: string }, "viewer" | "ids">("places judged for a viewer", (arg) => judgedPlaces(arg("viewer"), arg("ids")));
const judgePlacesSignedOut = prepared<{ id: string }, "ids">("places judged signed out", (arg) => judgedPlaces(null, arg("ids")));

type PlaceArgs = "viewer" | "text" | "prefix" | "word" | "cursor" | "limit";
const places = (viewer: string | null, arg: (name: PlaceArgs) => string): SQL => sql`
  with ranked as (
    select pl.id, pl.name, pl.latitude, pl.longitude, row_number() over (order by lower(pl.name) <> ${arg("text")}, pl.name_key not like ${arg("prefix")}, pl.id) as rank
    from places pl
    where (pl.name_key like ${arg("prefix")} or pl.name_key like ${arg("word")}) and ${shownAt(viewer)}
    order by rank limit ${MOST})
  select id, name, latitude, longitude from ranked where ${afterCursor(arg as Arg)} order by rank limit ${arg("limit")}::int`;

const placesForViewer = prepared<PlaceView, PlaceArgs>("places found for a viewer", (arg) => places(arg("viewer"), arg));
const placesSignedOut = prepared<PlaceView, Exclude<PlaceArgs, "viewer">>("places found signed out", (arg) => places(null, arg as never));

/** Places of posts the viewer may see, by the beginning of their name or of a word in it. */
export async function searchPlaces(viewer: Asker, q: string, page: Page): Promise<Slice<PlaceView>> {
  const term = searchTerm(q);
  if (!term) return empty();
  const { text, prefix, word, cursor, limit } = argsOf(term, page);
  const source = sourceFor(viewer);
  const rows = await (viewer ? placesForViewer({ viewer: viewer.id, text, prefix, word, cursor, limit }, source) : placesSignedOut({ text, prefix, word, cursor, limit }, source));
  const slice = sliceOf(rows, page.limit, (row) => row.id);
  return source === "primary" ? slice : { ...slice, items: await stillVisible(viewer, slice.items, judgePlaces, judgePlacesSignedOut) };
}

/** What may be meant while a caption or comment is typed. */
export async function suggest(viewer: Viewer, { kind, q }: { kind: "user" | "tag"; q: string }): Promise<{ users?: UserView[]; tags?: TagView[] }> {
  const page = { limit: 8, cursor: null };
  return kind === "user" ? { users: (await searchPeople(viewer, q, page)).items } : { tags: (await searchTags(viewer, q, page)).items };
}
