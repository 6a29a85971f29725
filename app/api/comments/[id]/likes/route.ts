import { listCommentLikers } from "@/lib/comments/likes";
import { idParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";
import { pageSchema, paginationOf } from "@/lib/platform/pagination/pagination";

export const GET = rest({ auth: "optional", params: idParam, query: pageSchema }, async ({ viewer, params, query }) => {
  const slice = await listCommentLikers(viewer, params.id, query);
  return { users: slice.items, pagination: paginationOf(query, slice) };
});
