import { listExplore } from "@/lib/explore/queries";
import { rest } from "@/lib/platform/http/rest";
import { pageSchema, paginationOf } from "@/lib/platform/pagination/pagination";

export const GET = rest({ auth: "optional", query: pageSchema }, async ({ viewer, query }) => {
  const explore = await listExplore(viewer, query);
  return { posts: explore.items, pagination: paginationOf(query, explore) };
});
