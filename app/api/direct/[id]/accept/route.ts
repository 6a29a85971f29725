import { acceptThread } from "@/lib/messages/service";
import { idParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ params: idParam }, ({ viewer, params }) => acceptThread(viewer, params.id));
