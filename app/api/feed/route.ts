import { getHomeFeed } from "@/lib/feed/queries";
import { rest } from "@/lib/platform/http/rest";
import { offsetPageSchema, paginationOf } from "@/lib/platform/pagination/pagination";
import { writePosts } from "@/lib/posts/json";

export const GET = rest({ query: offsetPageSchema }, async ({ viewer, query }) => {
  const feed = await getHomeFeed(viewer, query);
  return writePosts(feed.items, { pagination: paginationOf(query, feed) });
});
