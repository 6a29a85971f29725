import { rest } from "@/lib/platform/http/rest";
import { pageSchema, paginationOf } from "@/lib/platform/pagination/pagination";
import { listArchived } from "@/lib/posts/restore";

export const GET = rest({ query: pageSchema }, async ({ viewer, query }) => {
  const slice = await listArchived(viewer, query);
  return { posts: slice.items, pagination: paginationOf(query, slice) };
});
