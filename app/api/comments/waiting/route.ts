import { listWaitingSchema } from "@/lib/comments/schemas";
import { listWaiting } from "@/lib/comments/waiting";
import { rest } from "@/lib/platform/http/rest";
import { paginationOf } from "@/lib/platform/pagination/pagination";

export const GET = rest({ query: listWaitingSchema }, async ({ viewer, query }) => {
  const slice = await listWaiting(viewer, query);
  return { comments: slice.items, pagination: paginationOf(query, slice) };
});
