import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { setLike } from "@/lib/interactions/service";
import { migrateQueue } from "@/lib/platform/jobs/migrate";
import { makePost, makeUser } from "@/lib/testing/factories";
import { jobs } from "./jobs";
import { settleLikes } from "./likes";

/** Never ten likes at once, which would be told of by themselves. */
const PEOPLE = 9;
const ROUNDS = 6;

describe("likes that come and go while they are told of", () => {
  beforeAll(() => migrateQueue(jobs));

  it("are told of once each, in one group, and of none that is gone, however many processes tell at once", async () => {
    const owner = await makeUser();
    const people = await Promise.all(Array.from({ length: PEOPLE }, () => makeUser()));
    const post = await makePost(owner);
    const all = people.map(({ id }) => id);
    const toggle = async (n: number, round: number) => {
      await setLike(people[n]!, post, (n + round) % 3 !== 0);
      await Promise.all([settleLikes(post, [all[n]!]), settleLikes(post, all.slice(n))]);
    };
    for (let round = 0; round < ROUNDS; round++) await Promise.all(people.map((_, n) => toggle(n, round)));
    await settleLikes(post, all);

    const [like] = await db().execute<{ people: string[] }>(sql`select array_agg(user_id::text order by user_id) as people from likes where post_id = ${post}::bigint`);
    const groups = await db().execute<{ actor_count: number; people: string[] }>(sql`
      select n.actor_count, array_agg(a.actor_id::text order by a.actor_id) as people from notifications n left join notification_actors a on a.notification_id = n.id where n.user_id = ${owner.id}::bigint group by n.id`);
    expect([...groups]).toEqual([{ actor_count: like!.people.length, people: like!.people }]);
    for (const person of people) await setLike(person, post, false);
    await Promise.all([settleLikes(post, all), settleLikes(post, all.toReversed())]);
    expect((await db().execute(sql`select 1 from notifications where user_id = ${owner.id}::bigint`)).length).toBe(0);
  });

  it("are none of a post that is gone", async () => {
    const [owner, fan] = [await makeUser(), await makeUser()];
    const post = await makePost(owner);
    await setLike(fan, post, true);
    await db().execute(sql`update posts set deleted_at = now() where id = ${post}::bigint`);
    await settleLikes(post, [fan.id]);
    await settleLikes("1", [fan.id]);
    expect((await db().execute(sql`select 1 from notifications where user_id = ${owner.id}::bigint`)).length).toBe(0);
  });
});
