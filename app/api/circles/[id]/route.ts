import { getCircle, listCircleMembers } from "@/lib/graph/circle-queries";
import { circlePageSchema, circleSchema } from "@/lib/graph/schemas";
import { deleteCircle, renameCircle } from "@/lib/graph/service";
import { idParam } from "@/lib/platform/http/params";
import { noContent, rest } from "@/lib/platform/http/rest";
import { paginationOf } from "@/lib/platform/pagination/pagination";

export const GET = rest({ params: idParam, query: circlePageSchema }, async ({ viewer, params, query }) => {
  const [circle, slice] = await Promise.all([getCircle(viewer, params.id), listCircleMembers(viewer, params.id, query, query.q)]);
  return { circle, users: slice.items, pagination: paginationOf(query, slice) };
});

export const PATCH = rest({ params: idParam, body: circleSchema }, ({ viewer, params, body }) => renameCircle(viewer, params.id, body));

export const DELETE = rest({ params: idParam }, async ({ viewer, params }) => {
  await deleteCircle(viewer, params.id);
  return noContent();
});
