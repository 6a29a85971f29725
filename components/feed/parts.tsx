import type { ReactNode } from "react";
import { getHomeFeed } from "@/lib/feed/queries";
import { getRankedFeed } from "@/lib/feed/ranked";
import { readRankingCursor } from "@/lib/feed/schemas";
import { notFound } from "@/lib/platform/errors";
import { isId } from "@/lib/platform/ids";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { CaughtUp } from "./caught-up";
import { FeedPosts, RankedPosts } from "./feed-posts";

/** A rendered part of the feed and where the next one begins. */
type Part = { nodes: ReactNode; next: string | null };
type Wanted = { cursor: string | null; limit: number; first?: boolean };

/** Where suggestions begin after the last post of the followed. */
const SUGGESTIONS = "suggestions";

/** A part of "Following": posts of the followed, the line that says what is new, and after their last post suggestions, called so. */
export async function followingPart(viewer: Viewer, line: string | null, { cursor, limit, first }: Wanted): Promise<Part> {
  if (cursor === SUGGESTIONS || cursor?.startsWith("r")) return suggestionsPart(viewer, cursor, limit);
  if (cursor !== null && !isId(cursor)) throw notFound();
  const { items, nextCursor } = await getHomeFeed(viewer, { limit, cursor });
  const isPlaced = line !== null && cursor !== null && BigInt(cursor) <= BigInt(line);
  const nodes = (
    <>
      <FeedPosts posts={items} viewer={viewer} first={first} line={isPlaced ? null : line} />
      {nextCursor === null && line === null ? <CaughtUp isEnd /> : null}
    </>
  );
  return { nodes, next: nextCursor ?? SUGGESTIONS };
}

async function suggestionsPart(viewer: Viewer, cursor: string, limit: number): Promise<Part> {
  const { items, nextCursor } = await getRankedFeed(viewer, { limit, cursor: readRankingCursor(cursor), suggestedOnly: true });
  const nodes = (
    <>
      {cursor === SUGGESTIONS && items.length > 0 ? (
        <div className="px-4 pt-2 pb-4 md:px-0">
          <h2 className="text-xl">Suggested posts</h2>
          <p className="mt-1 text-ui text-muted">By people you do not follow.</p>
        </div>
      ) : null}
      <RankedPosts posts={items} viewer={viewer} />
    </>
  );
  return { nodes, next: nextCursor };
}

/** A part of "For you". */
export async function forYouPart(viewer: Viewer, { cursor, limit, first }: Wanted): Promise<Part & { isEmpty: boolean }> {
  const { items, nextCursor } = await getRankedFeed(viewer, { limit, cursor: cursor === null ? null : readRankingCursor(cursor) });
  return { nodes: <RankedPosts posts={items} viewer={viewer} first={first} />, next: nextCursor, isEmpty: items.length === 0 };
}
