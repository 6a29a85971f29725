import { getRankedFeed } from "@/lib/feed/ranked";
import { rankedPageSchema } from "@/lib/feed/schemas";
import { rest } from "@/lib/platform/http/rest";
import { paginationOf } from "@/lib/platform/pagination/pagination";

export const GET = rest({ query: rankedPageSchema }, async ({ viewer, query }) => {
  const feed = await getRankedFeed(viewer, query);
  const pagination = paginationOf({ limit: query.limit, cursor: null }, feed);
  return { posts: feed.items.map(({ post }) => post), scores: feed.items.map(({ score }) => score), reasons: feed.items.map(({ reason }) => reason), pagination };
});
