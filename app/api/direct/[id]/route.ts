import { demandThread } from "@/lib/messages/queries";
import { patchThreadSchema } from "@/lib/messages/schemas";
import { changeThread, clearThread } from "@/lib/messages/service";
import { idParam } from "@/lib/platform/http/params";
import { noContent, rest } from "@/lib/platform/http/rest";

export const GET = rest({ params: idParam }, ({ viewer, params }) => demandThread(viewer, params.id));

export const PATCH = rest({ params: idParam, body: patchThreadSchema }, ({ viewer, params, body }) => changeThread(viewer, params.id, body));

export const DELETE = rest({ params: idParam }, async ({ viewer, params }) => {
  await clearThread(viewer, params.id);
  return noContent();
});
