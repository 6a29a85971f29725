import { encodeCommentCursor } from "@/lib/comments/cursors";
import { listComments } from "@/lib/comments/queries";
import { addCommentSchema, listCommentsSchema } from "@/lib/comments/schemas";
import { addComment } from "@/lib/comments/service";
import { postParam } from "@/lib/platform/http/params";
import { created, rest } from "@/lib/platform/http/rest";

export const GET = rest({ auth: "optional", params: postParam, query: listCommentsSchema }, async ({ viewer, params, query: { parent_id: parentId, ...wanted } }) => {
  const { items, nextCursor } = await listComments(viewer, params.id, { ...wanted, parentId });
  return { comments: items, pagination: { limit: wanted.limit, count: items.length, next_cursor: nextCursor && encodeCommentCursor(nextCursor) } };
});

export const POST = rest({ params: postParam, body: addCommentSchema }, async ({ viewer, params, body, idempotencyKey }) =>
  created(await addComment(viewer, params.id, body, idempotencyKey)),
);
