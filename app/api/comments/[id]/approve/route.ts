import { approveComment, withdrawApproval } from "@/lib/comments/moderate";
import { idParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ params: idParam }, ({ viewer, params }) => approveComment(viewer, params.id));
export const DELETE = rest({ params: idParam }, ({ viewer, params }) => withdrawApproval(viewer, params.id));
