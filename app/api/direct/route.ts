import { listThreads } from "@/lib/messages/queries";
import { listThreadsSchema, openThreadSchema } from "@/lib/messages/schemas";
import { openThread } from "@/lib/messages/service";
import { created, rest } from "@/lib/platform/http/rest";
import { paginationOf } from "@/lib/platform/pagination/pagination";

export const GET = rest({ query: listThreadsSchema }, async ({ viewer, query }) => {
  const slice = await listThreads(viewer, query.folder, query);
  return { threads: slice.items, pagination: paginationOf(query, slice) };
});

export const POST = rest({ body: openThreadSchema }, async ({ viewer, body, idempotencyKey }) => {
  const { thread, isNew } = await openThread(viewer, { userIds: body.user_ids, name: body.name }, idempotencyKey);
  return isNew ? created(thread) : thread;
});
