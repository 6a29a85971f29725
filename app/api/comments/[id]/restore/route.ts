import { restoreComment } from "@/lib/comments/service";
import { idParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ params: idParam }, ({ viewer, params }) => restoreComment(viewer, params.id));
