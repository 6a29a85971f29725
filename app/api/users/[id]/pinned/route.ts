import { rest } from "@/lib/platform/http/rest";
import { listPinned } from "@/lib/posts/pins";
import { getProfile } from "@/lib/profiles/queries";
import { userParam } from "@/lib/profiles/schemas";

export const GET = rest({ auth: "optional", params: userParam }, async ({ viewer, params }) => {
  const { id } = await getProfile(viewer, params.id);
  return { posts: await listPinned(viewer, id) };
});
