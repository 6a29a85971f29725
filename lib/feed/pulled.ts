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
  // Two posts at once may decide at once: the first to come does.
  await db().execute(sql`
    insert into feed_authors (author_id, is_pulled) values (${author.id}::bigint, ${isPulled})
    on conflict (author_id) do update set is_pulled = excluded.is_pulled, changed_id = next_id() where feed_authors.is_pulled <> excluded.is_pulled`);
  return isPulled;
}
