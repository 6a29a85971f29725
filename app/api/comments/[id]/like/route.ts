import { setCommentLike } from "@/lib/comments/likes";
import { idParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ params: idParam }, ({ viewer, params }) => setCommentLike(viewer, params.id, true));
export const DELETE = rest({ params: idParam }, ({ viewer, params }) => setCommentLike(viewer, params.id, false));
