import { getInvite, setInvite } from "@/lib/messages/groups";
import { idParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";

export const GET = rest({ params: idParam }, ({ viewer, params }) => getInvite(viewer, params.id));
export const POST = rest({ params: idParam }, ({ viewer, params }) => setInvite(viewer, params.id, true));
export const DELETE = rest({ params: idParam }, ({ viewer, params }) => setInvite(viewer, params.id, false));
