import { listMuted } from "@/lib/graph/queries";
import { rest } from "@/lib/platform/http/rest";
import { pageSchema, paginationOf } from "@/lib/platform/pagination/pagination";

export const GET = rest({ query: pageSchema }, async ({ viewer, query }) => {
  const people = await listMuted(viewer, query);
  return { users: people.items, pagination: paginationOf(query, people) };
});
