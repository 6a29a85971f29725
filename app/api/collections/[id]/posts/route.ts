import { listCollectionPosts } from "@/lib/interactions/collection-queries";
import { idParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";
import { pageSchema, paginationOf } from "@/lib/platform/pagination/pagination";

export const GET = rest({ params: idParam, query: pageSchema }, async ({ viewer, params, query }) => {
  const slice = await listCollectionPosts(viewer, params.id, query);
  return { posts: slice.items, pagination: paginationOf(query, slice) };
});
