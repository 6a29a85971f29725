import { listReactions } from "@/lib/interactions/queries";
import { postParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";

export const GET = rest({ auth: "optional", params: postParam }, async ({ viewer, params }) => ({ reactions: await listReactions(viewer, params.id) }));
