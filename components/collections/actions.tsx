"use server";
import { z } from "zod";
import { cursorSchema } from "@/components/feed/cursor";
import { GRID_PART, GridPosts } from "@/components/posts/grid-posts";
import { listCollectionPosts } from "@/lib/interactions/collection-queries";
import { listReposts } from "@/lib/interactions/repost-queries";
import { action } from "@/lib/platform/http/action";
import { idSchema } from "@/lib/platform/ids";

const paged = z.object({ cursor: cursorSchema.regex(/^\d{1,19}$/) });

export const moreCollectionPosts = action({ schema: paged.extend({ collection_id: idSchema }), reads: true }, async ({ viewer, input }) => {
  const { items, nextCursor } = await listCollectionPosts(viewer, input.collection_id, { limit: GRID_PART, cursor: input.cursor });
  return { nodes: <GridPosts posts={items} />, next: nextCursor };
});

export const moreReposts = action({ schema: paged.extend({ user_id: idSchema }), auth: "optional", reads: true }, async ({ viewer, input }) => {
  const { items, nextCursor } = await listReposts(viewer, input.user_id, { limit: GRID_PART, cursor: input.cursor });
  return { nodes: <GridPosts posts={items} />, next: nextCursor };
});
