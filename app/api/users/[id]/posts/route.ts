import { rest } from "@/lib/platform/http/rest";
import { offsetPageSchema, paginationOf } from "@/lib/platform/pagination/pagination";
import { listPostsOf } from "@/lib/posts/queries";
import { resolveUserId } from "@/lib/profiles/queries";
import { userParam } from "@/lib/profiles/schemas";

export const GET = rest({ auth: "optional", params: userParam, query: offsetPageSchema }, async ({ viewer, params, query }) => {
  const posts = await listPostsOf(viewer, await resolveUserId(params.id), query);
  return { posts: posts.items, pagination: paginationOf(query, posts) };
});
