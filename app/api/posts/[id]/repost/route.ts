import { repostSchema } from "@/lib/interactions/schemas";
import { removeRepost, setRepost } from "@/lib/interactions/service";
import { postParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";

export const PUT = rest({ params: postParam, body: repostSchema }, ({ viewer, params, body }) => setRepost(viewer, params.id, body.note));
export const DELETE = rest({ params: postParam }, ({ viewer, params }) => removeRepost(viewer, params.id));
