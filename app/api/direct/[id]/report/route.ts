import { report } from "@/lib/moderation/reports";
import { reportThreadSchema } from "@/lib/moderation/schemas";
import { idParam } from "@/lib/platform/http/params";
import { created, rest } from "@/lib/platform/http/rest";

export const POST = rest({ params: idParam, body: reportThreadSchema }, async ({ viewer, params, body }) => {
  await report(viewer, { subject: "thread", id: params.id, ...body });
  return created({ reported: true });
});
