import { listFollowing } from "@/lib/graph/queries";
import { peoplePageSchema } from "@/lib/graph/schemas";
import { rest } from "@/lib/platform/http/rest";
import { paginationOf } from "@/lib/platform/pagination/pagination";
import { resolveUserId } from "@/lib/profiles/queries";
import { userParam } from "@/lib/profiles/schemas";

export const GET = rest({ auth: "optional", params: userParam, query: peoplePageSchema }, async ({ viewer, params, query }) => {
  const people = await listFollowing(viewer, await resolveUserId(params.id), query, query.q);
  return { users: people.items, pagination: paginationOf(query, people) };
});
