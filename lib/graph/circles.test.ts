import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { makeBlock, makeCircle, makeUser } from "@/lib/testing/factories";
import { failure } from "@/lib/testing/failure";
import { getCircle, listCircleMembers, listCircles, listCirclesWith } from "./circle-queries";
import { leaveAllCircles } from "./circles";
import { MAX_CIRCLE_MEMBERS, MAX_CIRCLES } from "./limits";
import { addToCircle, block, createCircle, deleteCircle, removeFromCircle, renameCircle, unblock } from "./service";

const FIRST = { limit: 20, cursor: null };
const drifted = () => db().execute(sql`select id from circles c where member_count <> (select count(*) from circle_members m where m.circle_id = c.id)`);
const names = async (viewer: Viewer) => (await listCircles(viewer)).map((circle) => circle.name);
const members = async (viewer: Viewer, id: string) => (await listCircleMembers(viewer, id, FIRST)).items.map((user) => user.id);

describe("circles", () => {
  it("begin with close friends, which everybody has once, and which stays", async () => {
    const me = await makeUser();
    const [first] = await Promise.all([listCircles(me), listCircles(me), listCircles(me)]);
    expect(first).toMatchObject([{ name: "Close friends", is_close_friends: true, member_count: 0 }]);
    expect(await listCircles(me)).toEqual(first);
    const { id } = first[0]!;
    expect(await failure(renameCircle(me, id, { name: "Others" }))).toMatchObject({ status: 422 });
    expect(await failure(deleteCircle(me, id))).toMatchObject({ status: 422 });
    expect(await failure(createCircle(me, { name: "CLOSE FRIENDS" }, null))).toMatchObject({ status: 409 });
  });

  it("are made once per name and once per key, renamed and deleted", async () => {
    const me = await makeUser();
    const made = await Promise.allSettled(Array.from({ length: 5 }, () => createCircle(me, { name: "Family" }, null)));
    expect(made.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    const keyed = await Promise.all(Array.from({ length: 5 }, () => createCircle(me, { name: "Hiking" }, "once")));
    expect(new Set(keyed.map((circle) => circle.id)).size).toBe(1);
    expect(await names(me)).toEqual(["Close friends", "Family", "Hiking"]);
    const { id } = keyed[0]!;
    expect(await renameCircle(me, id, { name: "hiking" })).toMatchObject({ id, name: "hiking" });
    expect(await failure(renameCircle(me, id, { name: "FAMILY" }))).toMatchObject({ status: 409, fields: { name: expect.any(String) } });
    await deleteCircle(me, id);
    expect(await failure(deleteCircle(me, id))).toMatchObject({ status: 404 });
    expect(await names(me)).toEqual(["Close friends", "Family"]);
  });

  it("take people in and let them go, once each, however often it is asked", async () => {
    const [me, a, b] = [await makeUser(), await makeUser(), await makeUser()];
    const { id } = await createCircle(me, { name: "Harbour" }, null);
    await Promise.all([addToCircle(me, id, a.id), addToCircle(me, id, a.id), addToCircle(me, id, b.id)]);
    expect(await members(me, id)).toHaveLength(2);
    expect(await getCircle(me, id)).toMatchObject({ member_count: 2 });
    expect(await listCirclesWith(me, a.id)).toEqual([id]);
    await Promise.all([removeFromCircle(me, id, a.id), removeFromCircle(me, id, a.id)]);
    expect(await members(me, id)).toEqual([b.id]);
    expect(await failure(addToCircle(me, id, me.id))).toMatchObject({ status: 422 });
    expect(await failure(addToCircle(me, id, "42"))).toMatchObject({ status: 404 });
    expect(await drifted()).toHaveLength(0);
  });

  it("are there for nobody but their owner, members included", async () => {
    const [me, member, stranger] = [await makeUser(), await makeUser(), await makeUser()];
    const id = await makeCircle(me, [member]);
    for (const other of [member, stranger]) {
      const third = other === member ? stranger : member;
      for (const work of [
        () => getCircle(other, id), () => listCircleMembers(other, id, FIRST), () => renameCircle(other, id, { name: "Mine" }), () => deleteCircle(other, id),
        () => addToCircle(other, id, third.id), () => removeFromCircle(other, id, member.id),
      ]) expect(await failure(work())).toMatchObject({ status: 404 });
      expect(await names(other)).toEqual(["Close friends"]);
    }
    expect(await members(me, id)).toEqual([member.id]);
  });

  it("have their limits, also when many are asked for at once", async () => {
    const me = await makeUser();
    await listCircles(me);
    await db().execute(sql`insert into circles (owner_id, name, name_key) select ${me.id}::bigint, 'c' || n, 'c' || n from generate_series(1, ${MAX_CIRCLES - 2}::int) n`);
    const made = await Promise.all([1, 2, 3].map((n) => failure(createCircle(me, { name: `last ${n}` }, null))));
    expect(made.filter((error) => error === null)).toHaveLength(1);
    expect(made.filter((error) => error?.status === 422)).toHaveLength(2);
    const full = (await listCircles(me)).find((circle) => circle.name === "c1")!;
    await db().execute(sql`
      with people as (insert into users (username, username_key, username_skeleton, email, email_key, password_hash)
        select 'full' || n, 'full' || n, 'full' || n, 'full' || n || '@example.org', 'full' || n || '@example.org', '!' from generate_series(1, ${MAX_CIRCLE_MEMBERS - 1}::int) n returning id),
      come as (insert into circle_members (circle_id, user_id) select ${full.id}::bigint, id from people)
      update circles set member_count = ${MAX_CIRCLE_MEMBERS - 1}::int where id = ${full.id}::bigint`);
    const come = await Promise.all((await Promise.all([makeUser(), makeUser()])).map((user) => failure(addToCircle(me, full.id, user.id))));
    expect(come.map((error) => error?.status ?? null).sort()).toEqual([422, null]);
    expect(await drifted()).toHaveLength(0);
  });

  it("lose both people of a block, who do not come back with its end", async () => {
    const [me, them] = [await makeUser(), await makeUser()];
    const [mine, theirs] = [await makeCircle(me, [them]), await makeCircle(them, [me])];
    await block(me, them.id);
    await unblock(me, them.id);
    expect([await members(me, mine), await members(them, theirs)]).toEqual([[], []]);
    await makeBlock(them, me);
    expect(await failure(addToCircle(me, mine, them.id))).toMatchObject({ status: 404 });
    expect(await drifted()).toHaveLength(0);
  });

  it("do not show who is away, and count right when somebody goes for good", async () => {
    const [me, a, b] = [await makeUser(), await makeUser(), await makeUser()];
    const ids = [await makeCircle(me, [a, b]), await makeCircle(me, [a])];
    await db().execute(sql`update users set deactivated_at = now() where id = ${a.id}::bigint`);
    expect(await members(me, ids[0]!)).toEqual([b.id]);
    // Also whom one does not see can be taken out.
    await removeFromCircle(me, ids[1]!, a.id);
    await db().transaction((tx) => leaveAllCircles(tx, a.id));
    expect((await Promise.all(ids.map((id) => getCircle(me, id)))).map((circle) => circle.member_count)).toEqual([1, 0]);
    expect(await drifted()).toHaveLength(0);
  });
});
