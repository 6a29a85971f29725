import { shareSchema } from "@/lib/messages/schemas";
import { shareWith } from "@/lib/messages/send";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ body: shareSchema }, ({ viewer, body }) => shareWith(viewer, body));
