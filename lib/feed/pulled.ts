import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { env } from "@/lib/platform/env";

/** Whoever is pulled comes back to being pushed only well below the threshold: else a count that swings around it would rebuild feeds again and again. */
const BACK_AT = 0.8;

export type Author = { id: string; followerCount: number; isPulled: boolean };

/** How an author with so many followers should come into feeds, given how they do now. */
export function shouldBePulled({ followerCount, isPulled }: Omit<Author, "id">, threshold = env().FEED_PULL_THRESHOLD): boolean {
  return followerCount >= (isPulled ? threshold * BACK_AT : threshold);
}

/**
 * Whether readers merge this author's posts when they read, instead of having them pushed (the author's own count decides). Decided
 * anew with each post, and remembered with the moment of the change, by which stored feeds tell that they lack what was not pushed.
 */
export async function decidePulled(author: Author): Promise<boolean> {
  const isPulled = shouldBePulled(author);
  if (isPulled === author.isPulled) return isPulled;
  await db().transaction(async (tx) => {
    // One after the other, each with a greater moment than all before, whatever the clocks say: who knows the greatest knows of all (skeleton.ts, `crossings`).
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('feed authors'))`);
    const moment = sql`greatest(next_id(), (select coalesce(max(changed_id), 0) + 1 from feed_authors))`;
    // Two posts at once may decide at once: the first to come does.
    await tx.execute(sql`
      insert into feed_authors (author_id, is_pulled, changed_id) values (${author.id}::bigint, ${isPulled}, ${moment})
      on conflict (author_id) do update set is_pulled = excluded.is_pulled, changed_id = excluded.changed_id where feed_authors.is_pulled <> excluded.is_pulled`);
  });
  return isPulled;
}
