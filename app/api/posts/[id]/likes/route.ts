import { knownFirstPageSchema } from "@/lib/graph/schemas";
import { listLikers } from "@/lib/interactions/queries";
import { postParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";
import { paginationOf } from "@/lib/platform/pagination/pagination";

export const GET = rest({ auth: "optional", params: postParam, query: knownFirstPageSchema }, async ({ viewer, params, query }) => {
  const slice = await listLikers(viewer, params.id, query);
  return { users: slice.items, pagination: paginationOf(query, slice) };
});
