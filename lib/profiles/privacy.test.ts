import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { db } from "@/db/client";
import { follow, unfollow } from "@/lib/graph/service";
import { jobs } from "@/lib/graph/jobs";
import { makeUser } from "@/lib/testing/factories";
import { updateProfile } from "./service";

beforeAll(() => {
  process.env.LIMIT_FOLLOWS_PER_DAY = "10000";
});

it("an account that opens and closes while people come and go ends exact, with nobody before an open door", async () => {
  const owner = await makeUser();
  const people = await Promise.all(Array.from({ length: 20 }, () => makeUser()));
  const toggle = async () => {
    for (let i = 0; i < 7; i++) await updateProfile(owner, { is_private: i % 2 === 0 });
    await updateProfile(owner, { is_private: false });
  };
  const come = people.map(async (person, i) => {
    await follow(person, owner.id);
    if (i % 3 === 0) await unfollow(person, owner.id);
    if (i % 6 === 0) await follow(person, owner.id);
  });
  await Promise.all([toggle(), ...come]);
  await jobs[0]!.handler({ userId: owner.id }, { id: "1", attempt: 1, signal: AbortSignal.timeout(10_000) });
  const [row] = await db().execute<{ waiting: number; active: number; counted: number }>(sql`
    select count(*) filter (where f.state = 'requested')::int as waiting, count(*) filter (where f.state = 'active')::int as active,
      (select follower_count from users where id = ${owner.id}::bigint) as counted from follows f where followee_id = ${owner.id}::bigint`);
  expect(row).toEqual({ waiting: 0, active: 17, counted: 17 });
});

it("closing an account keeps its followers and asks the next", async () => {
  const [owner, before, after] = [await makeUser(), await makeUser(), await makeUser()];
  expect(await follow(before, owner.id)).toEqual({ following: true, requested: false });
  await updateProfile(owner, { is_private: true });
  expect(await follow(before, owner.id)).toEqual({ following: true, requested: false });
  expect(await follow(after, owner.id)).toEqual({ following: false, requested: true });
});
