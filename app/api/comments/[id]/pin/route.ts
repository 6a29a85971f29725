import { setCommentPinned } from "@/lib/comments/moderate";
import { idParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ params: idParam }, ({ viewer, params }) => setCommentPinned(viewer, params.id, true));
export const DELETE = rest({ params: idParam }, ({ viewer, params }) => setCommentPinned(viewer, params.id, false));
