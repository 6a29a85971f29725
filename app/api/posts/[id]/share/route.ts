import { recordShare } from "@/lib/interactions/service";
import { postParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";
import { getSharing } from "@/lib/posts/embed";

export const GET = rest({ auth: "optional", params: postParam }, ({ viewer, params }) => getSharing(viewer, params.id));
export const POST = rest({ params: postParam }, ({ viewer, params }) => recordShare(viewer, params.id));
