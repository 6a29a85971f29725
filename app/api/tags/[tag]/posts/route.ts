import { rest } from "@/lib/platform/http/rest";
import { paginationOf } from "@/lib/platform/pagination/pagination";
import { getTag, listTagPosts } from "@/lib/posts/collections";
import { sortedPageSchema, tagParam } from "@/lib/posts/schemas";

export const GET = rest({ auth: "optional", params: tagParam, query: sortedPageSchema }, async ({ viewer, params, query }) => {
  const [tag, posts] = await Promise.all([getTag(params.tag), listTagPosts(viewer, params.tag, query, query.sort)]);
  return { tag, posts: posts.items, pagination: paginationOf(query, posts) };
});
