import { postParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";
import { restorePost } from "@/lib/posts/service";

export const POST = rest({ params: postParam }, ({ viewer, params }) => restorePost(viewer, params.id));
