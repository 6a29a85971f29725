import { rest } from "@/lib/platform/http/rest";
import { pageSchema, paginationOf } from "@/lib/platform/pagination/pagination";
import { listTagged } from "@/lib/posts/tagged";
import { resolveUserId } from "@/lib/profiles/queries";
import { userParam } from "@/lib/profiles/schemas";

export const GET = rest({ auth: "optional", params: userParam, query: pageSchema }, async ({ viewer, params, query }) => {
  const slice = await listTagged(viewer, await resolveUserId(params.id), query);
  return { posts: slice.items, pagination: paginationOf(query, slice) };
});
