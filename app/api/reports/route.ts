import { report } from "@/lib/moderation/reports";
import { reportSchema } from "@/lib/moderation/schemas";
import { created, rest } from "@/lib/platform/http/rest";

export const POST = rest({ body: reportSchema }, async ({ viewer, body }) => {
  await report(viewer, body);
  return created({ reported: true });
});
