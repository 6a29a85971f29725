import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { makePost, makeUser } from "@/lib/testing/factories";
import { type CommentFacts, commentVisible, isCommentVisible } from "./comments";

describe("which comments are there", () => {
  it("is the same in SQL and as predicate", async () => {
    const [owner, ada, bo] = [await makeUser(), await makeUser(), await makeUser()];
    const people = [owner, ada, bo];
    const facts = fc.record({ state: fc.constantFrom("shown" as const, "pending" as const, "hidden" as const), isDeleted: fc.boolean(), writer: fc.nat({ max: 2 }) });
    const post = await makePost(owner);
    await fc.assert(fc.asyncProperty(facts, fc.option(facts), async (one, above) => {
      const insert = async (made: typeof one, parent: string | null) => (await db().execute<{ id: string }>(sql`
        insert into comments (post_id, user_id, parent_id, content, state, deleted_at) values (${post}::bigint, ${people[made.writer]!.id}::bigint, ${parent}::bigint, 'x', ${made.state}, ${made.isDeleted ? sql`now()` : null}) returning id`))[0]!.id;
      const root = above ? await insert(above, null) : null;
      const id = await insert(one, root);
      for (const [who, viewer] of [...people, null].entries()) {
        const rows = await db().execute(sql`select 1 from comments c join posts p on p.id = c.post_id where c.id = ${id}::bigint and ${commentVisible(viewer?.id ?? null)}`);
        const of = (made: typeof one): CommentFacts => ({ state: made.state, isDeleted: made.isDeleted, isWriter: viewer !== null && made.writer === who });
        expect(rows.length === 1).toBe(isCommentVisible(of(one), above && of(above), viewer === owner));
      }
      await db().execute(sql`delete from comments where post_id = ${post}::bigint`);
    }), { numRuns: 60 });
  });
});
