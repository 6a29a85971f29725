import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { getHomeFeed } from "@/lib/feed/queries";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { PostView } from "@/lib/posts/types";

/** The home feed from its beginning to its end, in pages of so many. */
export async function feedPages(viewer: Viewer, limit: number): Promise<PostView[]> {
  const posts: PostView[] = [];
  for (let cursor: string | null = null, turn = 0; turn < 500; turn++) {
    const slice = await getHomeFeed(viewer, { limit, cursor });
    posts.push(...slice.items);
    cursor = slice.nextCursor;
    if (cursor === null) return posts;
  }
  throw new Error("the feed has no end");
}

export const pages = async (viewer: Viewer, limit: number): Promise<string[]> => (await feedPages(viewer, limit)).map((post) => post.id);

/** What the feed must be, by the simplest query there is. */
export async function truth(viewer: Viewer): Promise<string[]> {
  const rows = await db().execute<{ id: string }>(sql`
    select p.id from posts p where p.deleted_at is null and p.archived_at is null and (p.author_id = ${viewer.id}::bigint
      or (p.status = 'published' and (p.audience <> 'circles' or exists (select 1 from post_circles pc join circle_members cm on cm.circle_id = pc.circle_id where pc.post_id = p.id and cm.user_id = ${viewer.id}::bigint))
        and p.author_id in (select followee_id from follows where follower_id = ${viewer.id}::bigint and state = 'active')
        and p.author_id not in (select muted_id from mutes where muter_id = ${viewer.id}::bigint)
        and p.author_id not in (select blocked_id from blocks where blocker_id = ${viewer.id}::bigint union select blocker_id from blocks where blocked_id = ${viewer.id}::bigint)))
    order by p.id desc`);
  return rows.map((row) => row.id);
}

const holder = globalThis as { heliographRedis?: unknown };
/** As on a machine that has none. */
export async function withoutRedis<T>(work: () => Promise<T>): Promise<T> {
  const kept = holder.heliographRedis;
  holder.heliographRedis = null;
  return work().finally(() => (holder.heliographRedis = kept));
}

/** As the service does, but for what it sends out. */
export const unfollow = (a: Viewer, b: Viewer) => db().execute(sql`
  with f as (delete from follows where follower_id = ${a.id}::bigint and followee_id = ${b.id}::bigint returning 1)
  update users set following_count = following_count - (select count(*) from f) where id = ${a.id}::bigint`);
