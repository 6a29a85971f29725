import { listReposts } from "@/lib/interactions/repost-queries";
import { rest } from "@/lib/platform/http/rest";
import { pageSchema, paginationOf } from "@/lib/platform/pagination/pagination";
import { resolveUserId } from "@/lib/profiles/queries";
import { userParam } from "@/lib/profiles/schemas";

export const GET = rest({ auth: "optional", params: userParam, query: pageSchema }, async ({ viewer, params, query }) => {
  const reposts = await listReposts(viewer, await resolveUserId(params.id), query);
  return { posts: reposts.items, pagination: paginationOf(query, reposts) };
});
