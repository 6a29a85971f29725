import { listSaved } from "@/lib/interactions/queries";
import { rest } from "@/lib/platform/http/rest";
import { pageSchema, paginationOf } from "@/lib/platform/pagination/pagination";

export const GET = rest({ query: pageSchema }, async ({ viewer, query }) => {
  const slice = await listSaved(viewer, query);
  return { posts: slice.items, pagination: paginationOf(query, slice) };
});
