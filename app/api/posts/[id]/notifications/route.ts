import { getPostNotices, setPostNotices } from "@/lib/notifications/settings";
import { postParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";

export const GET = rest({ params: postParam }, ({ viewer, params }) => getPostNotices(viewer, params.id));
export const PUT = rest({ params: postParam }, ({ viewer, params }) => setPostNotices(viewer, params.id, true));
export const DELETE = rest({ params: postParam }, ({ viewer, params }) => setPostNotices(viewer, params.id, false));
