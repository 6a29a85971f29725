"use server";
import { z } from "zod";
import { ExplorePosts } from "@/components/explore/explore-posts";
import { cursorSchema } from "@/components/feed/cursor";
import { listExplore } from "@/lib/explore/queries";
import { listSaved } from "@/lib/interactions/queries";
import { action } from "@/lib/platform/http/action";
import { idSchema } from "@/lib/platform/ids";
import type { Slice } from "@/lib/platform/pagination/pagination";
import { listArchived } from "@/lib/posts/restore";
import { listPlacePosts, listPostsOf, listTagPosts } from "@/lib/posts/queries";
import { listTagged } from "@/lib/posts/tagged";
import type { PostView } from "@/lib/posts/types";
import { EXPLORE_PART } from "@/components/explore/mosaic";
import { GRID_PART, GridPosts } from "./grid-posts";

const paged = z.object({ cursor: cursorSchema });
const sorted = paged.extend({ sort: z.enum(["recent", "top"]) });

const part = ({ items, nextCursor }: Slice<PostView>) => ({ nodes: <GridPosts posts={items} />, next: nextCursor });
const page = (cursor: string) => ({ limit: GRID_PART, cursor });

export const moreProfilePosts = action({ schema: paged.extend({ user_id: idSchema }), auth: "optional", reads: true }, async ({ viewer, input }) =>
  part(await listPostsOf(viewer, input.user_id, { ...page(input.cursor), unpinned: true })));

export const moreSavedPosts = action({ schema: paged, reads: true }, async ({ viewer, input }) => part(await listSaved(viewer, page(input.cursor))));

export const moreArchived = action({ schema: paged, reads: true }, async ({ viewer, input }) => part(await listArchived(viewer, page(input.cursor))));

export const moreTagged = action({ schema: paged.extend({ user_id: idSchema }), auth: "optional", reads: true }, async ({ viewer, input }) =>
  part(await listTagged(viewer, input.user_id, page(input.cursor))));

export const moreTagPosts = action({ schema: sorted.extend({ tag: z.string().max(200) }), auth: "optional", reads: true }, async ({ viewer, input }) =>
  part(await listTagPosts(viewer, input.tag, { ...page(input.cursor), indexed: true }, input.sort)));

export const morePlacePosts = action({ schema: sorted.extend({ place_id: idSchema }), auth: "optional", reads: true }, async ({ viewer, input }) =>
  part(await listPlacePosts(viewer, input.place_id, { ...page(input.cursor), indexed: true }, input.sort)));

export const moreExplorePosts = action({ schema: paged, auth: "optional", reads: true }, async ({ viewer, input }) => {
  const { items, nextCursor } = await listExplore(viewer, { limit: EXPLORE_PART, cursor: input.cursor });
  return { nodes: <ExplorePosts posts={items} />, next: nextCursor };
});
