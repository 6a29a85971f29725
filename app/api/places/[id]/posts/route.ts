import { idParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";
import { paginationOf } from "@/lib/platform/pagination/pagination";
import { getPlace, listPlacePosts } from "@/lib/posts/collections";
import { sortedPageSchema } from "@/lib/posts/schemas";

export const GET = rest({ auth: "optional", params: idParam, query: sortedPageSchema }, async ({ viewer, params, query }) => {
  const [place, posts] = await Promise.all([getPlace(viewer, params.id), listPlacePosts(viewer, params.id, query, query.sort)]);
  return { place, posts: posts.items, pagination: paginationOf(query, posts) };
});
