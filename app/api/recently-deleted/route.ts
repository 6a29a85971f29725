import { rest } from "@/lib/platform/http/rest";
import { pageSchema, paginationOf } from "@/lib/platform/pagination/pagination";
import { listDeleted } from "@/lib/posts/restore";

export const GET = rest({ query: pageSchema }, async ({ viewer, query }) => {
  const slice = await listDeleted(viewer, query);
  return { deleted: slice.items, pagination: paginationOf(query, slice) };
});
