import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { notFound } from "@/lib/platform/errors";
import { type Page, type Slice, sliceOf } from "@/lib/platform/pagination/pagination";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible, type A_FOLLOWER, contentVisible, type ViewerId } from "@/lib/platform/visibility/visibility";
import { knownFirst, type PeopleCursor } from "./mutuals";
import { withSeenCounts } from "./uncounted";
import { type PersonRow, personColumns, relationColumns, toRelation, toUserView } from "./people";
import type { UserView, ViewerRelation } from "./types";

type Side = "followers" | "following";
type ListRow = PersonRow & { edge_id: string };

/** Who follows somebody: mutuals first, then newest first. Throws not_found for an account whose lists the viewer may not see. */
export const listFollowers = (viewer: Viewer | null, userId: string, page: Page, q = "") => listPeople(viewer, userId, "followers", page, q);

/** Whom somebody follows, the same way. */
export const listFollowing = (viewer: Viewer | null, userId: string, page: Page, q = "") => listPeople(viewer, userId, "following", page, q);

async function listPeople(viewer: Viewer | null, userId: string, side: Side, page: Page, q: string): Promise<Slice<UserView>> {
  const me = viewer?.id ?? null;
  const [shown] = await db().execute(sql`select 1 from users u where u.id = ${userId}::bigint and ${contentVisible(me)}`);
  if (!shown) throw notFound();
  const slice = await knownFirst(me, page, (cursor, limit) => fetchPart(me, userId, side, cursor, q, limit), (row) => row.edge_id);
  return { items: await show(slice.items, me), nextCursor: slice.nextCursor };
}

/**
 * The viewer's own followers, or whom they follow, as an onlooker (see lib/profiles/view-as) may look through them: newest first, since whom they know, or block, is
 * theirs. Throws not_found when the list is closed to them.
 */
export async function listOwnPeopleAs(viewer: Pick<Viewer, "id">, as: ViewerId | typeof A_FOLLOWER, side: Side, page: Page): Promise<Slice<UserView>> {
  const [open] = await db().execute(sql`select 1 from users u where u.id = ${viewer.id}::bigint and ${contentVisible(as)}`);
  if (!open) throw notFound();
  const { whose, who } = ENDS[side];
  return listEdges(viewer, page, sql`follows e join users u on u.id = ${who}`, sql`${whose} = ${viewer.id}::bigint and e.state = 'active' and ${accountVisible(viewer.id)}`);
}

/** Whose list it is, and who is in it, of a follow `e`. */
const ENDS = {
  followers: { whose: sql.raw("e.followee_id"), who: sql.raw("e.follower_id") },
  following: { whose: sql.raw("e.follower_id"), who: sql.raw("e.followee_id") },
};

const show = (rows: ListRow[], me: string | null) => withSeenCounts(me, rows.map((row) => toUserView(row, me)));

/** Rows of one part of the list, after the cursor. */
async function fetchPart(me: string | null, userId: string, side: Side, cursor: PeopleCursor, q: string, limit: number): Promise<ListRow[]> {
  const { whose, who } = ENDS[side];
  const rows = await db().execute<ListRow>(sql`
    select e.id as edge_id, ${personColumns(me)} from follows e join users u on u.id = ${who}
    where ${whose} = ${userId}::bigint and e.state = 'active' and e.id < ${cursor.after}::bigint
      and ${accountVisible(me)} and ${partOf(me, cursor)} and ${matching(q)}
    order by e.id desc limit ${limit}`);
  return [...rows];
}

function partOf(me: string | null, { part, since }: PeopleCursor): SQL {
  if (me === null) return sql`true`;
  const known = sql`(select f.followee_id from follows f where f.follower_id = ${me}::bigint and f.state = 'active' and f.id <= ${since}::bigint)`;
  return part === "mutuals" ? sql`u.id in ${known}` : sql`not exists (select 1 from follows f where f.follower_id = ${me}::bigint and f.followee_id = u.id and f.state = 'active' and f.id <= ${since}::bigint)`;
}

/** Username or a word of the name begins with what was typed. */
export function matching(q: string): SQL {
  const typed = q.trim().toLowerCase().replace(/^@/, "");
  if (typed === "") return sql`true`;
  const like = typed.replace(/[\\%_]/g, "\\$&");
  return sql`(u.username_key like ${`${like}%`} or lower(u.full_name) like ${`${like}%`} or lower(u.full_name) like ${`% ${like}%`})`;
}

/** Who asks to follow the viewer, newest first. */
export async function listFollowRequests(viewer: Viewer, page: Page): Promise<Slice<UserView>> {
  return listEdges(viewer, page, sql`follows e join users u on u.id = e.follower_id`, sql`e.followee_id = ${viewer.id}::bigint and e.state = 'requested' and ${accountVisible(viewer.id)}`);
}

/** How many ask. */
export async function countFollowRequests(viewer: Viewer): Promise<number> {
  const [row] = await db().execute<{ count: number }>(sql`
    select count(*)::int as count from follows e join users u on u.id = e.follower_id
    where e.followee_id = ${viewer.id}::bigint and e.state = 'requested' and ${accountVisible(viewer.id)}`);
  return row?.count ?? 0;
}

/** Whom the viewer blocks, newest first. The only place where they are shown, so that a block can be taken back. */
export const listBlocked = (viewer: Viewer, page: Page): Promise<Slice<UserView>> =>
  listEdges(viewer, page, sql`blocks e join users u on u.id = e.blocked_id`, sql`e.blocker_id = ${viewer.id}::bigint and ${accountVisible(null)}`);

/** Whom the viewer mutes, newest first. */
export const listMuted = (viewer: Viewer, page: Page): Promise<Slice<UserView>> =>
  listEdges(viewer, page, sql`mutes e join users u on u.id = e.muted_id`, sql`e.muter_id = ${viewer.id}::bigint and ${accountVisible(viewer.id)}`);

/** Whom the viewer restricts, newest first. */
export const listRestricted = (viewer: Viewer, page: Page): Promise<Slice<UserView>> =>
  listEdges(viewer, page, sql`restricts e join users u on u.id = e.restricted_id`, sql`e.restricter_id = ${viewer.id}::bigint and ${accountVisible(viewer.id)}`);

/** The viewer's favourites, newest first. */
export const listFavourites = (viewer: Viewer, page: Page): Promise<Slice<UserView>> =>
  listEdges(viewer, page, sql`favourites e join users u on u.id = e.favourite_id`, sql`e.user_id = ${viewer.id}::bigint and ${accountVisible(viewer.id)}`);

/** People at the other end of some edges of the viewer's: `source` has the edge as `e` and the person as `u`. */
export async function listEdges(viewer: Pick<Viewer, "id">, page: Page, source: SQL, which: SQL): Promise<Slice<UserView>> {
  const rows = await db().execute<ListRow>(sql`
    select e.id as edge_id, ${personColumns(viewer.id)} from ${source}
    where ${which} and ${page.cursor === null ? sql`true` : sql`e.id < ${page.cursor}::bigint`}
    order by e.id desc limit ${page.limit + 1}`);
  const slice = sliceOf([...rows], page.limit, (row) => row.edge_id);
  return { items: await show(slice.items, viewer.id), nextCursor: slice.nextCursor };
}

/** What the viewer and each of these people are to each other. */
export async function getRelations(viewerId: string | null, userIds: readonly string[]): Promise<Map<string, ViewerRelation>> {
  if (viewerId === null || userIds.length === 0) return new Map();
  const rows = await db().execute<Parameters<typeof toRelation>[0] & { id: string }>(sql`
    select u.id, ${relationColumns(viewerId)} from users u where u.id in (${sql.join(userIds.map((id) => sql`${id}::bigint`), sql`, `)})`);
  return new Map([...rows].map((row) => [row.id, toRelation(row)]));
}
