import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { prepared, type Source } from "@/db/prepared";
import { type Page, type Slice, sliceOf } from "@/lib/platform/pagination/pagination";
import { postVisible } from "@/lib/platform/visibility/visibility";
import { keepFrame, knownFrame, readMediaOf, unknownIds } from "./frames";
import { type Reader, sourceFor } from "@/lib/platform/viewer/writes";
import type { PostView } from "./types";
import { type PostRow, toPostView } from "./views";

type Asker = Reader | null;

const COLUMNS: SQL = sql.raw(`
  p.id, p.author_id, p.status, p.audience, p.content_type, p.caption, p.like_count, p.comment_count, p.share_count, p.save_count, p.view_count,
  p.comments_enabled, p.like_count_hidden, p.edited_at is not null as is_edited, p.archived_at is not null as is_archived, p.created_at, p.updated_at,
  u.username, u.full_name, u.is_verified, u.is_private, u.avatar_media_id, u.avatar_version, pl.id as place_id, pl.name as place_name, pl.latitude, pl.longitude`);

const SOURCE: SQL = sql.raw("join posts p on p.id = w.id join users u on u.id = p.author_id left join places pl on pl.id = p.place_id");

const readForViewer = prepared<PostRow, "viewer" | "ids">("posts for a viewer", (arg) => sql`
  select ${COLUMNS},
    exists (select 1 from likes l where l.post_id = w.id and l.user_id = ${arg("viewer")}::bigint) as is_liked,
    exists (select 1 from saves s where s.user_id = ${arg("viewer")}::bigint and s.post_id = w.id) as is_saved
  from unnest(${arg("ids")}::text::bigint[]) as w(id) ${SOURCE} where ${postVisible(arg("viewer"))}`);

const readSignedOut = prepared<PostRow, "ids">("posts signed out", (arg) => sql`
  select ${COLUMNS}, false as is_liked, false as is_saved
  from unnest(${arg("ids")}::text::bigint[]) as w(id) ${SOURCE} where ${postVisible(null)}`);

/**
 * The posts of these ids as the viewer may see them, in the order given; what the viewer may not see is left out (the
 * rule stands in the same statement). However many posts: one statement for everything that changes, one beside it for
 * photos that this process has not lately seen, and rarely a third for those edited since.
 */
export async function hydratePosts(viewer: Asker, ids: readonly string[]): Promise<PostView[]> {
  if (ids.length === 0) return [];
  const list = `{${ids.join(",")}}`;
  const unknown = unknownIds(ids);
  const [rows, media] = await Promise.all([readRows(viewer, list), readMediaOf(unknown)]);
  const outdated = rows.filter((row) => !media.has(row.id) && knownFrame(row) === null);
  const again = await readMediaOf(outdated.map((row) => row.id));
  const views = new Map<string, PostView>();
  for (const row of rows) {
    const frame = knownFrame(row) ?? keepFrame(row, media.get(row.id) ?? again.get(row.id) ?? []);
    views.set(row.id, toPostView(row, frame, viewer?.id ?? null));
  }
  return ids.flatMap((id) => views.get(id) ?? []);
}

type Judged = Pick<PostRow, "id" | "status" | "audience" | "updated_at" | "is_private" | "is_archived" | "like_count_hidden">;

const judged = (viewer: string | null, ids: string): SQL => sql`
  select p.id, p.status, p.audience, p.updated_at, u.is_private, p.archived_at is not null as is_archived, p.like_count_hidden
  from unnest(${ids}::text::bigint[]) as w(id) join posts p on p.id = w.id join users u on u.id = p.author_id where ${postVisible(viewer)}`;
const judgeForViewer = prepared<Judged, "viewer" | "ids">("posts judged for a viewer", (arg) => judged(arg("viewer"), arg("ids")));
const judgeSignedOut = prepared<Judged, "ids">("posts judged signed out", (arg) => judged(null, arg("ids")));

/**
 * The rows of visible posts. From a replica come their columns only: which may be seen, and whether they are as they are now, is asked of the primary at
 * the same time, and what the replica does not have, or has of another version, is read there. So numbers may be some seconds old, nothing else.
 */
async function readRows(viewer: Asker, ids: string): Promise<PostRow[]> {
  const read = (list: string, source: Source) => (viewer ? readForViewer({ viewer: viewer.id, ids: list }, source) : readSignedOut({ ids: list }, source));
  const source = sourceFor(viewer);
  if (source === "primary") return read(ids, source);
  const [rows, allowed] = await Promise.all([read(ids, source), viewer ? judgeForViewer({ viewer: viewer.id, ids }) : judgeSignedOut({ ids })]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const current = allowed.filter((now) => isAsNow(byId.get(now.id), now));
  if (current.length === allowed.length) return current.map(({ id }) => byId.get(id)!);
  const lacking = allowed.filter((now) => !isAsNow(byId.get(now.id), now));
  return [...current.map(({ id }) => byId.get(id)!), ...(await read(`{${lacking.map(({ id }) => id).join(",")}}`, "primary"))];
}

const isAsNow = (row: PostRow | undefined, now: Judged) => row !== undefined && (Object.keys(now) as (keyof Judged)[]).every((column) => row[column] === now[column]);

/** Hydrates ids that were fetched one beyond the page. */
export async function hydrateSlice(viewer: Asker, ids: string[], page: Page): Promise<Slice<PostView>> {
  const { items, nextCursor } = sliceOf(ids, page.limit, (id) => id);
  return { items: await hydratePosts(viewer, items), nextCursor };
}
