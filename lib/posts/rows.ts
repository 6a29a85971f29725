import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { prepared, type Source } from "@/db/prepared";
import { postVisible } from "@/lib/platform/visibility/visibility";
import type { LastingRow, PassingRow } from "./views";

/**
 * Whatever a post shows and can be changed, but counters. All of it is in the version: what stands here can be kept for as long as that is the
 * same. A new column of the kind belongs in this list, a new counter among the passing ones below.
 */
const LASTING: Record<Exclude<keyof LastingRow, "id" | "version" | "place_name" | "latitude" | "longitude">, string> = {
  author_id: "p.author_id", status: "p.status", audience: "p.audience", content_type: "p.content_type", caption: "p.caption", comments_enabled: "p.comments_enabled",
  like_count_hidden: "p.like_count_hidden", is_edited: "p.edited_at is not null", is_archived: "p.archived_at is not null", created_at: "p.created_at", updated_at: "p.updated_at",
  place_id: "p.place_id", username: "u.username", full_name: "u.full_name", is_verified: "u.is_verified", is_private: "u.is_private", avatar_media_id: "u.avatar_media_id",
  avatar_version: "u.avatar_version",
};

const VERSION = sql.raw(`hash_record_extended(row(${Object.values(LASTING).join(", ")}), 0)::text`);
// Places are never changed (places.ts).
const COLUMNS = sql.raw(`p.id, ${Object.entries(LASTING).map(([name, column]) => `${column} as ${name}`).join(", ")}, pl.name as place_name, pl.latitude, pl.longitude`);
const PLACED = sql.raw("left join places pl on pl.id = p.place_id");

const from = (ids: string): SQL => sql`from unnest(${ids}::text::bigint[]) as w(id) join posts p on p.id = w.id join users u on u.id = p.author_id`;

const isLiked = (viewer: string | null): SQL => (viewer === null ? sql`false` : sql`exists (select 1 from likes l where l.post_id = p.id and l.user_id = ${viewer}::bigint)`);
const isSaved = (viewer: string | null): SQL => (viewer === null ? sql`false` : sql`exists (select 1 from saves s where s.user_id = ${viewer}::bigint and s.post_id = p.id)`);
const COUNTS = sql.raw("p.like_count, p.comment_count, p.share_count, p.save_count, p.view_count");

/**
 * SQL: what passes of the post `p` of the author `u`, for a viewer, as one text: of twenty posts that is ten times cheaper to read than twenty rows.
 * Aggregate it with a comma between posts; `parsePassing` reads that.
 */
export const passing = (viewer: string | null): SQL =>
  sql`concat_ws(' ', p.id, ${VERSION}, ${COUNTS}, (case when ${isLiked(viewer)} then 1 else 0 end), (case when ${isSaved(viewer)} then 1 else 0 end))`;

/** Reads what `passing` wrote; null is none. */
export function parsePassing(text: string | null): PassingRow[] {
  if (text === null) return [];
  return text.split(",").map((one) => {
    const [id, version, likes, comments, shares, saves, views, liked, saved] = one.split(" ") as [string, string, string, string, string, string, string, string, string];
    return { id, version, like_count: Number(likes), comment_count: Number(comments), share_count: Number(shares), save_count: Number(saves), view_count: Number(views), is_liked: liked === "1", is_saved: saved === "1" };
  });
}

type Passing = { posts: string | null };
const passingOf = (viewer: string | null, ids: string): SQL => sql`select string_agg(${passing(viewer)}, ',') as posts ${from(ids)} where ${postVisible(viewer)}`;
const passingForViewer = prepared<Passing, "viewer" | "ids">("posts passing for a viewer", (arg) => passingOf(arg("viewer"), arg("ids")));
const passingSignedOut = prepared<Passing, "ids">("posts passing signed out", (arg) => passingOf(null, arg("ids")));

/** Which of these posts (a list as Postgres writes it) the viewer may see now, of what version they are, and what passes of them. */
export async function readPassing(viewer: string | null, ids: string): Promise<PassingRow[]> {
  const [row] = await (viewer === null ? passingSignedOut({ ids }) : passingForViewer({ viewer, ids }));
  return parsePassing(row!.posts);
}

const lastingOf = prepared<LastingRow, "ids">("posts lasting", (arg) => sql`select ${COLUMNS}, ${VERSION} as version ${from(arg("ids"))} ${PLACED}`);

/** What lasts of these posts, whoever may see them: to be shown only where the same version was judged visible. */
export const readLasting = (ids: string): Promise<LastingRow[]> => lastingOf({ ids });

export type WholeRow = LastingRow & PassingRow;

const wholeOf = (viewer: string | null, ids: string): SQL => sql`
  select ${COLUMNS}, ${VERSION} as version, ${COUNTS}, ${isLiked(viewer)} as is_liked, ${isSaved(viewer)} as is_saved ${from(ids)} ${PLACED} where ${postVisible(viewer)}`;
const wholeForViewer = prepared<WholeRow, "viewer" | "ids">("posts for a viewer", (arg) => wholeOf(arg("viewer"), arg("ids")));
const wholeSignedOut = prepared<WholeRow, "ids">("posts signed out", (arg) => wholeOf(null, arg("ids")));

const readFrom = (viewer: string | null, ids: string, source: Source) => (viewer === null ? wholeSignedOut({ ids }, source) : wholeForViewer({ viewer, ids }, source));

type Judged = Pick<LastingRow, "id" | "status" | "audience" | "updated_at" | "is_private" | "is_archived" | "like_count_hidden">;

const judged = (viewer: string | null, ids: string): SQL => sql`
  select p.id, p.status, p.audience, p.updated_at, u.is_private, p.archived_at is not null as is_archived, p.like_count_hidden ${from(ids)} where ${postVisible(viewer)}`;
const judgeForViewer = prepared<Judged, "viewer" | "ids">("posts judged for a viewer", (arg) => judged(arg("viewer"), arg("ids")));
const judgeSignedOut = prepared<Judged, "ids">("posts judged signed out", (arg) => judged(null, arg("ids")));

/**
 * Both halves of visible posts in one statement. From a replica come their columns only: which may be seen, and whether they are as they are now, is asked of
 * the primary at the same time, and what the replica does not have, or has of another version, is read there. So numbers may be some seconds old, nothing else.
 */
export async function readWhole(viewer: string | null, ids: string, source: Source): Promise<WholeRow[]> {
  if (source === "primary") return readFrom(viewer, ids, source);
  const [rows, allowed] = await Promise.all([readFrom(viewer, ids, source), viewer === null ? judgeSignedOut({ ids }) : judgeForViewer({ viewer, ids })]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const current = allowed.filter((now) => isAsNow(byId.get(now.id), now));
  if (current.length === allowed.length) return current.map(({ id }) => byId.get(id)!);
  const lacking = allowed.filter((now) => !isAsNow(byId.get(now.id), now));
  return [...current.map(({ id }) => byId.get(id)!), ...(await readFrom(viewer, `{${lacking.map(({ id }) => id).join(",")}}`, "primary"))];
}

const isAsNow = (row: WholeRow | undefined, now: Judged) => row !== undefined && (Object.keys(now) as (keyof Judged)[]).every((column) => row[column] === now[column]);
