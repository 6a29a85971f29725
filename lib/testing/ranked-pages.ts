import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { closeDatabase, db } from "@/db/client";
import { forgetPool } from "@/lib/feed/pool";
import { getRankedFeed } from "@/lib/feed/ranked";
import { readRankingCursor } from "@/lib/feed/schemas";
import { forgetLimits } from "@/lib/platform/ratelimit/ratelimit";
import { closeRedis } from "@/lib/platform/redis/redis";
import type { Viewer } from "@/lib/platform/viewer/viewer";

/** Limits that no test reaches, and before each test nothing that the process remembers of others. */
export function useRankedFeed(): void {
  beforeAll(() => void Object.assign(process.env, { LIMIT_API_PER_MINUTE: "1000000", LIMIT_API_PERSON_PER_MINUTE: "1000000", LIMIT_SEEN_PER_MINUTE: "1000000" }));
  beforeEach(() => {
    forgetLimits();
    forgetPool();
  });
  afterAll(async () => {
    closeRedis();
    await closeDatabase();
  });
}

export const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);

/** "For you" from its beginning to its end. */
export async function all(viewer: Viewer, limit = 20) {
  const found = [];
  let cursor = null;
  do {
    const slice = await getRankedFeed(viewer, { limit, cursor });
    found.push(...slice.items);
    cursor = slice.nextCursor === null ? null : readRankingCursor(slice.nextCursor);
  } while (cursor !== null);
  return found;
}

export const idsOf = async (viewer: Viewer) => (await all(viewer)).map(({ post }) => post.id);

export async function likes(post: string, count: number) {
  await db().execute(sql`update posts set like_count = ${count}::int where id = ${post}::bigint`);
}
