import { listLikers } from "@/lib/interactions/queries";
import { postParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";
import { pageSchema, paginationOf } from "@/lib/platform/pagination/pagination";

export const GET = rest({ auth: "optional", params: postParam, query: pageSchema }, async ({ viewer, params, query }) => {
  const slice = await listLikers(viewer, params.id, query);
  return { users: slice.items, pagination: paginationOf(query, slice) };
});
