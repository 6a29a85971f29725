import { postParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";
import { publishNow } from "@/lib/posts/service";

export const POST = rest({ params: postParam }, ({ viewer, params }) => publishNow(viewer, params.id));
