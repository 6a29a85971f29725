import { removeMember, setRole } from "@/lib/messages/groups";
import { memberParam, roleSchema } from "@/lib/messages/schemas";
import { noContent, rest } from "@/lib/platform/http/rest";

export const PATCH = rest({ params: memberParam, body: roleSchema }, ({ viewer, params, body }) => setRole(viewer, params.id, params.user_id, body.role));

export const DELETE = rest({ params: memberParam }, async ({ viewer, params }) => {
  await removeMember(viewer, params.id, params.user_id);
  return noContent();
});
