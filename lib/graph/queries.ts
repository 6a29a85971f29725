import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { notFound } from "@/lib/platform/errors";
import { type Page, type Slice, sliceOf } from "@/lib/platform/pagination/pagination";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible, contentVisible } from "@/lib/platform/visibility/visibility";
import { endOfMutuals, type PeopleCursor, readCursor, writeCursor } from "./mutuals";
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
  let cursor = readCursor(page.cursor);
  if (me === null && cursor.part === "mutuals") cursor = endOfMutuals(cursor);
  let rows = await fetchPart(me, userId, side, cursor, q, page.limit + 1);
  const items = rows.slice(0, page.limit);
  if (cursor.part === "mutuals" && rows.length <= page.limit) {
    cursor = endOfMutuals(cursor);
    rows = await fetchPart(me, userId, side, cursor, q, page.limit - items.length + 1);
    const others = rows.slice(0, page.limit - items.length);
    items.push(...others);
    return { items: items.map((row) => toUserView(row, me)), nextCursor: rows.length > others.length ? writeCursor({ ...cursor, after: others.at(-1)?.edge_id ?? cursor.after }) : null };
  }
  const last = items.at(-1);
  return { items: items.map((row) => toUserView(row, me)), nextCursor: rows.length > page.limit && last ? writeCursor({ ...cursor, after: last.edge_id }) : null };
}

/** Rows of one part of the list, after the cursor. */
async function fetchPart(me: string | null, userId: string, side: Side, cursor: PeopleCursor, q: string, limit: number): Promise<ListRow[]> {
  const [whose, who] = side === "followers" ? [sql`e.followee_id`, sql`e.follower_id`] : [sql`e.follower_id`, sql`e.followee_id`];
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
function matching(q: string): SQL {
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

async function listEdges(viewer: Viewer, page: Page, source: SQL, which: SQL): Promise<Slice<UserView>> {
  const rows = await db().execute<ListRow>(sql`
    select e.id as edge_id, ${personColumns(viewer.id)} from ${source}
    where ${which} and ${page.cursor === null ? sql`true` : sql`e.id < ${page.cursor}::bigint`}
    order by e.id desc limit ${page.limit + 1}`);
  const slice = sliceOf([...rows], page.limit, (row) => row.edge_id);
  return { items: slice.items.map((row) => toUserView(row, viewer.id)), nextCursor: slice.nextCursor };
}

/** What the viewer and each of these people are to each other. */
export async function getRelations(viewerId: string | null, userIds: readonly string[]): Promise<Map<string, ViewerRelation>> {
  if (viewerId === null || userIds.length === 0) return new Map();
  const rows = await db().execute<Parameters<typeof toRelation>[0] & { id: string }>(sql`
    select u.id, ${relationColumns(viewerId)} from users u where u.id in (${sql.join(userIds.map((id) => sql`${id}::bigint`), sql`, `)})`);
  return new Map([...rows].map((row) => [row.id, toRelation(row)]));
}
