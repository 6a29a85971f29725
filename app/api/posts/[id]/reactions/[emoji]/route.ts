import { knownFirstPageSchema } from "@/lib/graph/schemas";
import { listReactors } from "@/lib/interactions/queries";
import { reactionParam } from "@/lib/interactions/schemas";
import { setReaction } from "@/lib/interactions/service";
import { rest } from "@/lib/platform/http/rest";
import { paginationOf } from "@/lib/platform/pagination/pagination";

export const GET = rest({ auth: "optional", params: reactionParam, query: knownFirstPageSchema }, async ({ viewer, params, query }) => {
  const slice = await listReactors(viewer, params.id, params.emoji, query);
  return { users: slice.items, pagination: paginationOf(query, slice) };
});

export const PUT = rest({ params: reactionParam }, ({ viewer, params }) => setReaction(viewer, params.id, params.emoji, true));
export const DELETE = rest({ params: reactionParam }, ({ viewer, params }) => setReaction(viewer, params.id, params.emoji, false));
