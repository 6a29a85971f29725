import { sql } from "drizzle-orm";
import { afterEach } from "vitest";
import { db } from "@/db/client";
import { listComments } from "@/lib/comments/queries";
import { checkInvariants } from "@/lib/platform/doctor/invariants";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { foldCounts } from "@/lib/posts/counts";

/** The first page, which is all there is. */
export const all = { limit: 50, cursor: null };
export const say = (content: string, parent_id?: string) => ({ content, parent_id });

/** What somebody reads below a post, in its order. */
export const words = async (viewer: Viewer | null, post: string, more: object = {}) => (await listComments(viewer, post, { ...all, ...more })).items.map((comment) => comment.content);

/** What the post counts. */
export async function countOf(postId: string): Promise<number> {
  await foldCounts();
  const [row] = await db().execute<{ n: number }>(sql`select comment_count as n from posts where id = ${postId}::bigint`);
  return row!.n;
}

/** Lets people comment as fast as they like, and holds after each test that comments and their counts fit together. */
export function useComments(): void {
  process.env.LIMIT_COMMENTS_PER_MINUTE = "100000";
  afterEach(async () => {
    await foldCounts();
    const broken = (await checkInvariants()).filter((finding) => !finding.ok && /comment|reply|pinned/.test(finding.name));
    if (broken.length > 0) throw new Error(JSON.stringify(broken));
  });
}
