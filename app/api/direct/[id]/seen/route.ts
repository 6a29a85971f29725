import { listSeen } from "@/lib/messages/queries";
import { notFound } from "@/lib/platform/errors";
import { idParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";

export const GET = rest({ params: idParam }, async ({ viewer, params }) => {
  const seen = await listSeen(viewer, params.id);
  if (!seen) throw notFound();
  return { seen };
});
