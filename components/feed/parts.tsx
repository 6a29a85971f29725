import type { ReactNode } from "react";
import { findCaughtUp, PART } from "@/lib/feed/caught-up";
import { getFavouritesFeed } from "@/lib/feed/favourites";
import { getHomeFeed, placeOf } from "@/lib/feed/queries";
import { getRankedFeed } from "@/lib/feed/ranked";
import { readRankingCursor } from "@/lib/feed/schemas";
import { notFound } from "@/lib/platform/errors";
import { isId } from "@/lib/platform/ids";
import type { Slice } from "@/lib/platform/pagination/pagination";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { PostView } from "@/lib/posts/types";
import { CaughtUp } from "./caught-up";
import { FeedPosts, RankedPosts } from "./feed-posts";

/** A rendered part of the feed and where the next one begins. */
type Part = { nodes: ReactNode; next: string | null };

/** Where suggestions begin after the last post of the followed. */
const SUGGESTIONS = "suggestions";

/** A part of "Following": posts of the followed, the line that says what is new, and after their last post suggestions, called so. */
export async function followingPart(viewer: Viewer, line: string | null, cursor: string, limit: number): Promise<Part> {
  if (cursor === SUGGESTIONS || cursor.startsWith("r")) return suggestionsPart(viewer, cursor, limit);
  if (!isId(cursor)) throw notFound();
  const isPlaced = line !== null && BigInt(cursor) <= BigInt(line);
  return toPart(viewer, await getHomeFeed(viewer, { limit, cursor }), isPlaced ? null : line, line === null);
}

/** The first part, with the line for the whole visit; `newest` is null when there is nothing. */
export async function firstOfFollowing(viewer: Viewer, limit: number): Promise<Part & { line: string | null; newest: string | null }> {
  const feed = await getHomeFeed(viewer, { limit, cursor: null, ahead: PART });
  const line = await findCaughtUp(viewer, feed.ids);
  return { ...toPart(viewer, feed, line, line === null, true), line, newest: feed.items[0] ? placeOf(feed.items[0]) : null };
}

function toPart(viewer: Viewer, { items, nextCursor }: Slice<PostView>, line: string | null, isLineLast: boolean, first?: boolean): Part {
  const nodes = (
    <>
      <FeedPosts posts={items} viewer={viewer} first={first} line={line} />
      {nextCursor === null && isLineLast ? <CaughtUp isEnd /> : null}
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
export async function forYouPart(viewer: Viewer, cursor: string | null, limit: number): Promise<Part & { isEmpty: boolean }> {
  const { items, nextCursor } = await getRankedFeed(viewer, { limit, cursor: cursor === null ? null : readRankingCursor(cursor) });
  return { nodes: <RankedPosts posts={items} viewer={viewer} first={cursor === null} />, next: nextCursor, isEmpty: items.length === 0 };
}

/** A part of the favourites. */
export async function favouritesPart(viewer: Viewer, cursor: string | null, limit: number): Promise<Part & { isEmpty: boolean }> {
  if (cursor !== null && !isId(cursor)) throw notFound();
  const { items, nextCursor } = await getFavouritesFeed(viewer, { limit, cursor });
  return { nodes: <FeedPosts posts={items} viewer={viewer} first={cursor === null} line={null} />, next: nextCursor, isEmpty: items.length === 0 };
}
