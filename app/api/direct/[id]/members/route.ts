import { addMembers } from "@/lib/messages/groups";
import { listMembers } from "@/lib/messages/queries";
import { addMembersSchema, listMembersSchema } from "@/lib/messages/schemas";
import { notFound } from "@/lib/platform/errors";
import { idParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";
import { paginationOf } from "@/lib/platform/pagination/pagination";

export const GET = rest({ params: idParam, query: listMembersSchema }, async ({ viewer, params, query }) => {
  const slice = await listMembers(viewer, params.id, query, query.q);
  if (!slice) throw notFound();
  return { members: slice.items, pagination: paginationOf(query, slice) };
});

export const POST = rest({ params: idParam, body: addMembersSchema }, async ({ viewer, params, body }) => ({ members: await addMembers(viewer, params.id, body.user_ids) }));
