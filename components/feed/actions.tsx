"use server";
import { z } from "zod";
import { getHomeFeed } from "@/lib/feed/queries";
import { action } from "@/lib/platform/http/action";
import { cursorSchema } from "./cursor";
import { FeedPosts } from "./feed-posts";

/** Posts of the home feed from the second part on. */
const PART = 10;

export const moreHomePosts = action({ schema: z.object({ cursor: cursorSchema }), reads: true }, async ({ viewer, input }) => {
  const slice = await getHomeFeed(viewer, { limit: PART, cursor: input.cursor });
  return { nodes: <FeedPosts posts={slice.items} viewer={viewer} />, next: slice.nextCursor };
});
