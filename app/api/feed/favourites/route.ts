import { getFavouritesFeed } from "@/lib/feed/favourites";
import { rest } from "@/lib/platform/http/rest";
import { pageSchema, paginationOf } from "@/lib/platform/pagination/pagination";

export const GET = rest({ query: pageSchema }, async ({ viewer, query }) => {
  const feed = await getFavouritesFeed(viewer, query);
  return { posts: feed.items, pagination: paginationOf(query, feed) };
});
