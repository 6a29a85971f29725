import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WHO_MAY } from "@/db/schema/accounts";
import { db } from "@/db/client";
import { makeFollow, makeUser } from "@/lib/testing/factories";
import { setPrivacy } from "./service";
import { allowed, type Deed, mayDo } from "./who-may";

const DEEDS: Deed[] = ["comments", "mentions", "tags", "messages"];

describe("who may do what towards a person", () => {
  it("is the same in SQL and as predicate", { timeout: 60_000 }, async () => {
    const standing = fc.record({ isFollowed: fc.boolean(), isAsked: fc.boolean(), days: fc.option(fc.nat({ max: 12 })) });
    const wishes = fc.option(fc.record({ from: fc.tuple(...DEEDS.map(() => fc.constantFrom(...WHO_MAY))), days: fc.integer({ min: 1, max: 10 }) }));
    await fc.assert(
      fc.asyncProperty(standing, wishes, async ({ isFollowed, isAsked, days }, wish) => {
        const [person, actor] = [await makeUser(), await makeUser()];
        if (isFollowed) await makeFollow(person, actor);
        // A request is no follow.
        else if (isAsked) await makeFollow(person, actor, "requested");
        if (days !== null) {
          await makeFollow(actor, person);
          await db().execute(sql`update follows set created_at = now() - make_interval(days => ${days}::int, mins => 1) where follower_id = ${actor.id}::bigint`);
        }
        if (wish) await setPrivacy(person, { ...Object.fromEntries(DEEDS.map((deed, i) => [`${deed}_from`, wish.from[i]])), old_follower_days: wish.days });
        for (const [i, deed] of DEEDS.entries()) {
          for (const who of [actor, person]) {
            const [row] = await db().execute<{ may: boolean }>(sql`select ${allowed(deed, who.id, person.id)} as may`);
            expect(row!.may).toBe(mayDo(wish?.from[i] ?? "everyone", wish?.days ?? 7, { isSelf: who === person, isFollowed, followsForDays: days }));
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
