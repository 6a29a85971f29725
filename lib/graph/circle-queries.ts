import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { notFound } from "@/lib/platform/errors";
import type { Page, Slice } from "@/lib/platform/pagination/pagination";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { type CircleRow, toCircleView } from "./circle-view";
import { ensureCloseFriends } from "./circles";
import { listEdges, matching } from "./queries";
import type { CircleView, UserView } from "./types";

type Owner = Pick<Viewer, "id">;

/** The viewer's circles, close friends first, the others by their names; all of them, since there are few. */
export async function listCircles(viewer: Owner): Promise<CircleView[]> {
  let rows = await read(viewer);
  if (!rows[0]?.is_close_friends) {
    await ensureCloseFriends(db(), viewer.id);
    rows = await read(viewer);
  }
  return rows.map(toCircleView);
}

async function read(viewer: Owner): Promise<CircleRow[]> {
  return [...(await db().execute<CircleRow>(sql`select * from circles where owner_id = ${viewer.id}::bigint order by is_close_friends desc, name_key, id`))];
}

/** One of the viewer's own circles. Throws not_found, also for somebody else's. */
export async function getCircle(viewer: Owner, circleId: string): Promise<CircleView> {
  const [row] = await db().execute<CircleRow>(sql`select * from circles where id = ${circleId}::bigint and owner_id = ${viewer.id}::bigint`);
  if (!row) throw notFound();
  return toCircleView(row);
}

/** Who is in the circle, who came last first, without accounts that are away just now. Throws not_found. */
export async function listCircleMembers(viewer: Owner, circleId: string, page: Page, q = ""): Promise<Slice<UserView>> {
  await getCircle(viewer, circleId);
  return listEdges(viewer, page, sql`circle_members e join users u on u.id = e.user_id`, sql`e.circle_id = ${circleId}::bigint and ${accountVisible(viewer.id)} and ${matching(q)}`);
}

/** Everybody in the circle by id, for telling whom of those found it has already; none when it is not the viewer's. */
export async function listMemberIds(viewer: Owner, circleId: string): Promise<string[]> {
  const rows = await db().execute<{ id: string }>(sql`
    select m.user_id as id from circle_members m join circles c on c.id = m.circle_id where c.id = ${circleId}::bigint and c.owner_id = ${viewer.id}::bigint`);
  return rows.map((row) => row.id);
}

/** Which of the viewer's circles a person is in, by id. */
export async function listCirclesWith(viewer: Owner, userId: string): Promise<string[]> {
  const rows = await db().execute<{ id: string }>(sql`
    select c.id from circles c join circle_members m on m.circle_id = c.id and m.user_id = ${userId}::bigint where c.owner_id = ${viewer.id}::bigint`);
  return rows.map((row) => row.id);
}
