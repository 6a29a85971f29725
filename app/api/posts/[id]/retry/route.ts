import { postParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";
import { retryPost } from "@/lib/posts/service";

/** Processes a failed post once more. */
export const POST = rest({ params: postParam }, ({ viewer, params }) => retryPost(viewer, params.id));
