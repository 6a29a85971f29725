import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { highest, lowest, prepared, type Source } from "@/db/prepared";
import { hasBlocks } from "@/lib/platform/visibility/blocks";
import { A_FOLLOWER, postVisible } from "@/lib/platform/visibility/visibility";
import { joinedWords } from "@/lib/privacy/hidden-words";
import type { SensitiveLevel } from "@/lib/privacy/types";
import { postsListed } from "./listed-sql";
import { OPENNESS } from "./openness-sql";
import type { PostCircle } from "./types";
import type { LastingRow, PassingRow } from "./views";

/**
 * Whatever a post shows and can be changed, but counters. All of it is in the version: what stands here can be kept for as long as that is the
 * same. A new column of the kind belongs in this list, a new counter among the passing ones below.
 */
const LASTING: Record<Exclude<keyof LastingRow, "id" | "version" | "place_name" | "latitude" | "longitude">, string> = {
  author_id: "p.author_id", status: "p.status", audience: "p.audience", content_type: "p.content_type", caption: "p.caption", comments_enabled: "p.comments_enabled",
  like_count_hidden: "p.like_count_hidden", is_sensitive: "p.is_sensitive", reposts_enabled: "p.reposts_enabled", openness: OPENNESS, is_edited: "p.edited_at is not null", is_archived: "p.archived_at is not null",
  is_deleted: "p.deleted_at is not null", is_pinned: "p.pinned_at is not null", scheduled_for: "p.scheduled_for", created_at: "p.created_at", updated_at: "p.updated_at",
  place_id: "p.place_id", username: "u.username", full_name: "u.full_name", is_verified: "u.is_verified", is_private: "u.is_private", avatar_media_id: "u.avatar_media_id",
  avatar_version: "u.avatar_version",
};

const VERSION = sql.raw(`hash_record_extended(row(${Object.values(LASTING).join(", ")}), 0)::text`);
// Places are never changed (places.ts).
const COLUMNS = sql.raw(`p.id, ${Object.entries(LASTING).map(([name, column]) => `${column} as ${name}`).join(", ")}, pl.name as place_name, pl.latitude, pl.longitude`);
const PLACED = sql.raw("left join places pl on pl.id = p.place_id");

const from = (ids: string): SQL => sql`from ${postsListed(ids)} join users u on u.id = p.author_id`;

const isLiked = (viewer: string | null): SQL => (viewer === null ? sql`false` : sql`exists (select 1 from likes l where l.post_id = p.id and l.user_id = ${viewer}::bigint)`);
/** SQL: a column of posts' ids lies between the ends of what the statement reads. */
type Span = (column: string) => SQL;

/** SQL: a condition that holds only for posts with rows of the viewer in `table`. Of the time that a statement spans there are often none: asked once, then not of each post. */
const ifAny = (viewer: string, span: Span | undefined, table: string, condition: SQL): SQL =>
  span ? sql`((select exists (select 1 from ${sql.raw(table)} where user_id = ${viewer}::bigint and ${span("post_id")})) and ${condition})` : condition;

const isSaved = (viewer: string | null, span?: Span): SQL =>
  viewer === null ? sql`false` : ifAny(viewer, span, "saves", sql`exists (select 1 from saves s where s.user_id = ${viewer}::bigint and s.post_id = p.id)`);
const isReposted = (viewer: string | null, span?: Span): SQL =>
  viewer === null ? sql`false` : ifAny(viewer, span, "reposts", sql`exists (select 1 from reposts r where r.user_id = ${viewer}::bigint and r.post_id = p.id)`);
const hasReactions = sql.raw("exists (select 1 from reaction_counts rc where rc.post_id = p.id)");

/** Of a post for circles those that the viewer may know of: to its author all, to others the ones they are in (views.ts tells them less). */
const circlesFor = (viewer: string | null): SQL => (viewer === null ? sql`null::text` : sql`case when p.audience = 'circles' then (
   select json_agg(json_build_object('id', c.id::text, 'name', c.name, 'is_close_friends', c.is_close_friends) order by c.is_close_friends desc, c.name_key)::text
   from post_circles pc join circles c on c.id = pc.circle_id where pc.post_id = p.id and (p.author_id = ${viewer}::bigint
     or coalesce((select true from circle_members cm where cm.circle_id = c.id and cm.user_id = ${viewer}::bigint), false))) end`);

const ownUnseen = (viewer: string | null): SQL => (viewer === null ? sql`0` : sql`(
  select count(*)::int from comments mine where mine.post_id = p.id and mine.user_id = ${viewer}::bigint and mine.state <> 'shown' and mine.deleted_at is null and p.author_id <> mine.user_id)`);
// Wishes are looked up once for a statement, not for each post.
const wish = (viewer: string | null, column: "sensitive" | "hides_like_counts", otherwise: string): SQL =>
  viewer === null ? sql.raw(otherwise) : sql`coalesce((select ${sql.raw(column)} from privacy_settings where user_id = ${viewer}::bigint), ${sql.raw(otherwise)})`;
const isParted = (viewer: string | null): SQL => (viewer === null ? sql`false` : hasBlocks(viewer));
const wordsOf = (viewer: string | null): SQL => (viewer === null ? sql`null::text` : joinedWords(viewer, "posts"));

const COUNTS = sql.raw("p.like_count, p.comment_count, p.share_count, p.save_count, p.repost_count, p.view_count");

/** SQL: any text as a word, a dash for none. */
const inHex = (text: SQL): SQL => sql`coalesce(encode(convert_to(${text}, 'UTF8'), 'hex'), '-')`;
const fromHex = (word: string) => (word === "-" ? null : Buffer.from(word, "hex").toString());

/**
 * SQL: what passes of the post `p` of the author `u`, for a viewer, as one text: of twenty posts that is ten times cheaper to read than twenty rows.
 * Aggregate it with a comma between posts; `parsePassing` reads that. `span`: within what ends all the posts lie.
 */
export const passing = (viewer: string | null, span: Span): SQL =>
  sql`concat_ws(' ', p.id, ${VERSION}, ${COUNTS}, (case when ${isLiked(viewer)} then 1 else 0 end), (case when ${isSaved(viewer, span)} then 1 else 0 end), (case when ${isReposted(viewer, span)} then 1 else 0 end), (case when ${hasReactions} then 1 else 0 end), ${ownUnseen(viewer)},
    ${wish(viewer, "sensitive", "'-'")}, (case when ${wish(viewer, "hides_like_counts", "false")} then 1 else 0 end), ${inHex(wordsOf(viewer))}, ${inHex(circlesFor(viewer))}, (case when ${isParted(viewer)} then 1 else 0 end))`;

/** Reads what `passing` wrote; null is none. */
export function parsePassing(text: string | null): PassingRow[] {
  if (text === null) return [];
  return text.split(",").map((one) => {
    const [id, version, likes, comments, shares, saves, reposts, views, liked, saved, reposted, reacted, unseen, level, hides, words, circles, parted] = one.split(" ") as string[] & { length: 18 };
    return {
      id: id!, version: version!, like_count: Number(likes), comment_count: Number(comments), share_count: Number(shares), save_count: Number(saves), repost_count: Number(reposts), view_count: Number(views), is_liked: liked === "1", is_saved: saved === "1", is_reposted: reposted === "1", has_reactions: reacted === "1",
      own_unseen_comments: Number(unseen), sensitive_level: level === "-" ? null : (level as SensitiveLevel), hides_likes: hides === "1", hidden_words: fromHex(words!), circles: parseCircles(fromHex(circles!)), has_blocks: parted === "1",
    };
  });
}

const parseCircles = (json: string | null) => (json === null ? null : (JSON.parse(json) as PostCircle[]));

type Passing = { posts: string | null };
const passingOf = (viewer: string | null, ids: string): SQL => sql`select string_agg(${passing(viewer, (column) => sql`${sql.raw(column)} between ${lowest(ids)}::bigint and ${highest(ids)}::bigint`)}, ',') as posts ${from(ids)} where ${postVisible(viewer)}`;
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
/** The circles come as text. */
type ReadRow = Omit<WholeRow, "circles"> & { circles: string | null };
const toWhole = (rows: readonly ReadRow[]): WholeRow[] => rows.map((row) => ({ ...row, circles: parseCircles(row.circles) }));

const wholeOf = (viewer: string | null, ids: string): SQL => sql`
  select ${COLUMNS}, ${VERSION} as version, ${COUNTS}, ${isLiked(viewer)} as is_liked, ${isSaved(viewer)} as is_saved, ${isReposted(viewer)} as is_reposted, ${hasReactions} as has_reactions, ${circlesFor(viewer)} as circles, ${ownUnseen(viewer)} as own_unseen_comments,
    nullif(${wish(viewer, "sensitive", "'-'")}, '-') as sensitive_level, ${wish(viewer, "hides_like_counts", "false")} as hides_likes, ${wordsOf(viewer)} as hidden_words, ${isParted(viewer)} as has_blocks ${from(ids)} ${PLACED} where ${postVisible(viewer)}`;
const wholeForViewer = prepared<ReadRow, "viewer" | "ids">("posts for a viewer", (arg) => wholeOf(arg("viewer"), arg("ids")));
const wholeSignedOut = prepared<ReadRow, "ids">("posts signed out", (arg) => wholeOf(null, arg("ids")));

const wholeForFollower = prepared<ReadRow, "ids">("posts for a follower", (arg) => sql`
  select ${COLUMNS}, ${VERSION} as version, ${COUNTS}, false as is_liked, false as is_saved, false as is_reposted, ${hasReactions} as has_reactions, null::text as circles, 0 as own_unseen_comments, null as sensitive_level, false as hides_likes, null::text as hidden_words, false as has_blocks ${from(arg("ids"))} ${PLACED} where ${postVisible(A_FOLLOWER)}`);

const deletedOf = prepared<ReadRow, "author" | "ids">("deleted posts of one's own", (arg) => sql`
  select ${COLUMNS}, ${VERSION} as version, ${COUNTS}, false as is_liked, false as is_saved, false as is_reposted, ${hasReactions} as has_reactions, ${circlesFor(arg("author"))} as circles, 0 as own_unseen_comments,
    null as sensitive_level, false as hides_likes, null::text as hidden_words, ${isParted(arg("author"))} as has_blocks ${from(arg("ids"))} ${PLACED} where p.author_id = ${arg("author")}::bigint and p.deleted_at is not null`);

/** Both halves of the author's own deleted posts. */
export const readDeleted = async (author: string, ids: string): Promise<WholeRow[]> => toWhole(await deletedOf({ author, ids }));

const readFrom = async (viewer: string | null, ids: string, source: Source) => toWhole(await (viewer === null ? wholeSignedOut({ ids }, source) : wholeForViewer({ viewer, ids }, source)));

/** Both halves of the posts that somebody may see who is signed out (null), any follower, or this person. */
export const readWholeAs = async (as: string | null | typeof A_FOLLOWER, ids: string): Promise<WholeRow[]> => (as === A_FOLLOWER ? toWhole(await wholeForFollower({ ids })) : readFrom(as, ids, "primary"));

type Judged = Pick<LastingRow, "id" | "status" | "audience" | "updated_at" | "is_private" | "is_archived" | "like_count_hidden" | "is_sensitive" | "openness">;

const judged = (viewer: string | null, ids: string): SQL => sql`
  select p.id, p.status, p.audience, p.updated_at, u.is_private, p.archived_at is not null as is_archived, p.like_count_hidden, p.is_sensitive, ${sql.raw(OPENNESS)} as openness ${from(ids)} where ${postVisible(viewer)}`;
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
