import { markRead } from "@/lib/messages/change";
import { readSchema } from "@/lib/messages/schemas";
import { idParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ params: idParam, body: readSchema }, ({ viewer, params, body }) => markRead(viewer, params.id, body.up_to));
