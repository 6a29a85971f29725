import { listComments } from "@/lib/comments/queries";
import { addCommentSchema, listCommentsSchema } from "@/lib/comments/schemas";
import { addComment } from "@/lib/comments/service";
import { postParam } from "@/lib/platform/http/params";
import { created, rest } from "@/lib/platform/http/rest";
import { paginationOf } from "@/lib/platform/pagination/pagination";

export const GET = rest({ auth: "optional", params: postParam, query: listCommentsSchema }, async ({ viewer, params, query }) => {
  const slice = await listComments(viewer, params.id, { ...query, parentId: query.parent_id });
  return { comments: slice.items, pagination: paginationOf(query, slice) };
});

export const POST = rest({ params: postParam, body: addCommentSchema }, async ({ viewer, params, body, idempotencyKey }) =>
  created(await addComment(viewer, params.id, body, idempotencyKey)),
);
