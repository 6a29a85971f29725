import "server-only";
import { sql } from "drizzle-orm";
import { db, type Executor, type Transaction } from "@/db/client";
import { conflict, invalidField, notFound } from "@/lib/platform/errors";
import { claimKey, findClaimed } from "@/lib/platform/http/claim";
import { announce } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { changeBetween } from "./change";
import { type CircleRow, toCircleView } from "./circle-view";
import { MAX_CIRCLE_MEMBERS, MAX_CIRCLES } from "./limits";
import type { CircleView } from "./types";

type Owner = Pick<Viewer, "id">;

const CLOSE_FRIENDS = "Close friends";

/** Names that look the same are the same, however they are written. */
const keyOf = (name: string) => name.normalize("NFKC").toLowerCase();

/** Everybody has close friends; made when somebody first looks at their circles. Again changes nothing. */
export async function ensureCloseFriends(executor: Executor, ownerId: string): Promise<void> {
  await executor.execute(sql`
    insert into circles (owner_id, name, name_key, is_close_friends) values (${ownerId}::bigint, ${CLOSE_FRIENDS}, ${keyOf(CLOSE_FRIENDS)}, true) on conflict do nothing`);
}

/**
 * Makes an empty circle. The same `key` from the same person within a day gives the first one back. Throws conflict at `name` (taken), invalid (too many),
 * not_found (the first one was deleted).
 */
export async function createCircle(viewer: Owner, { name }: { name: string }, key: string | null): Promise<CircleView> {
  return changeBetween([viewer.id], async (tx) => {
    // Their owner's row is locked: nobody else makes a circle with this key meanwhile.
    const earlier = key === null ? null : await findClaimed(viewer.id, key, "circle", tx);
    if (earlier !== null) return toCircleView(await lockOwn(tx, viewer, earlier));
    await ensureCloseFriends(tx, viewer.id);
    const [room] = await tx.execute<{ count: number }>(sql`select count(*)::int as count from circles where owner_id = ${viewer.id}::bigint`);
    if (room!.count >= MAX_CIRCLES) throw invalidField("name", `You have ${MAX_CIRCLES} circles already, which is as many as there can be.`);
    const [row] = await tx.execute<CircleRow>(sql`
      insert into circles (owner_id, name, name_key) values (${viewer.id}::bigint, ${name}, ${keyOf(name)}) on conflict do nothing returning *`);
    if (!row) throw taken();
    if (key !== null) await claimKey(tx, viewer.id, key, row.id, "circle");
    return toCircleView(row);
  });
}

const taken = () => conflict("You have a circle of this name.", { name: "You have a circle of this name." });

/** Gives a circle another name; nobody is told. Throws not_found, conflict at `name` (taken), invalid (close friends). */
export async function renameCircle(viewer: Owner, circleId: string, { name }: { name: string }): Promise<CircleView> {
  return changeBetween([viewer.id], async (tx) => {
    const circle = await lockOwn(tx, viewer, circleId);
    if (circle.is_close_friends) throw invalidField("name", "Close friends keeps its name.");
    const [other] = await tx.execute(sql`select 1 from circles where owner_id = ${viewer.id}::bigint and name_key = ${keyOf(name)} and id <> ${circleId}::bigint`);
    if (other) throw taken();
    const [row] = await tx.execute<CircleRow>(sql`update circles set name = ${name}, name_key = ${keyOf(name)} where id = ${circleId}::bigint returning *`);
    return toCircleView(row!);
  });
}

/** Deletes a circle. What was posted for it alone is then for its author alone. Throws not_found, invalid (close friends). */
export async function deleteCircle(viewer: Owner, circleId: string): Promise<void> {
  await db().transaction(async (tx) => {
    const circle = await lockOwn(tx, viewer, circleId);
    if (circle.is_close_friends) throw invalidField("id", "Close friends is there for everybody. You can take everyone out of it.");
    await tx.execute(sql`delete from circles where id = ${circleId}::bigint`);
  });
}

/** Puts somebody into a circle, who is not told. Again changes nothing. Throws not_found, invalid for oneself or when it is full. */
export async function addToCircle(viewer: Owner, circleId: string, userId: string): Promise<void> {
  // Against a block at the same moment, which takes the two out of each other's circles.
  await changeBetween([viewer.id, userId], async (tx) => {
    const circle = await lockOwn(tx, viewer, circleId);
    if (userId === viewer.id) throw invalidField("user_id", "This is you. You see all that you post.");
    const [known] = await tx.execute(sql`select 1 from users u where u.id = ${userId}::bigint and ${accountVisible(viewer.id)}`);
    if (!known) throw notFound();
    const [came] = await tx.execute(sql`insert into circle_members (circle_id, user_id) values (${circleId}::bigint, ${userId}::bigint) on conflict do nothing returning 1`);
    if (!came) return;
    if (circle.member_count >= MAX_CIRCLE_MEMBERS) throw invalidField("user_id", `A circle holds at most ${MAX_CIRCLE_MEMBERS} people.`);
    await tx.execute(sql`update circles set member_count = member_count + 1 where id = ${circleId}::bigint`);
    await announce(tx, "circle.joined", { circleId, userId });
  });
}

/** Takes somebody out of a circle, who is not told and at once sees none of its posts. Again changes nothing. Throws not_found. */
export async function removeFromCircle(viewer: Owner, circleId: string, userId: string): Promise<void> {
  await db().transaction(async (tx) => {
    await lockOwn(tx, viewer, circleId);
    const [gone] = await tx.execute(sql`delete from circle_members where circle_id = ${circleId}::bigint and user_id = ${userId}::bigint returning 1`);
    if (gone) await tx.execute(sql`update circles set member_count = member_count - 1 where id = ${circleId}::bigint`);
  });
}

async function lockOwn(tx: Transaction, viewer: Owner, circleId: string): Promise<CircleRow> {
  const [circle] = await tx.execute<CircleRow>(sql`select * from circles where id = ${circleId}::bigint and owner_id = ${viewer.id}::bigint for update`);
  if (!circle) throw notFound();
  return circle;
}

/** Takes two people out of each other's circles, in the transaction of a block: unblocking does not let them in again. */
export async function partCircles(tx: Transaction, one: string, other: string): Promise<void> {
  await leave(tx, sql`(c.owner_id = ${one}::bigint and m.user_id = ${other}::bigint) or (c.owner_id = ${other}::bigint and m.user_id = ${one}::bigint)`);
}

/** Takes somebody out of all circles, before their account goes for good. */
export async function leaveAllCircles(tx: Transaction, userId: string): Promise<void> {
  await leave(tx, sql`m.user_id = ${userId}::bigint`);
}

async function leave(tx: Transaction, which: ReturnType<typeof sql>): Promise<void> {
  await tx.execute(sql`
    with locked as (select c.id, m.user_id from circles c join circle_members m on m.circle_id = c.id where ${which} order by c.id for update of c),
    gone as (delete from circle_members m using locked l where m.circle_id = l.id and m.user_id = l.user_id returning m.circle_id)
    update circles set member_count = member_count - n from (select circle_id, count(*)::int as n from gone group by 1) g where circles.id = g.circle_id`);
}
