import { leaveGroup } from "@/lib/messages/groups";
import { idParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ params: idParam }, ({ viewer, params }) => leaveGroup(viewer, params.id));
