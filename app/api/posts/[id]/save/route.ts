import { setSaved } from "@/lib/interactions/service";
import { postParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ params: postParam }, ({ viewer, params }) => setSaved(viewer, params.id, true));
export const DELETE = rest({ params: postParam }, ({ viewer, params }) => setSaved(viewer, params.id, false));
