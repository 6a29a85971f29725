import { postParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";
import { setPinned } from "@/lib/posts/service";

export const POST = rest({ params: postParam }, ({ viewer, params }) => setPinned(viewer, params.id, true));

export const DELETE = rest({ params: postParam }, ({ viewer, params }) => setPinned(viewer, params.id, false));
