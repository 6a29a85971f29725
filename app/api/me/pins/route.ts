import { rest } from "@/lib/platform/http/rest";
import { pinsSchema } from "@/lib/posts/schemas";
import { setPins } from "@/lib/posts/service";

export const PUT = rest({ body: pinsSchema }, ({ viewer, body }) => setPins(viewer, body.post_ids));
