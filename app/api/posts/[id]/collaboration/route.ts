import { postParam } from "@/lib/platform/http/params";
import { noContent, rest } from "@/lib/platform/http/rest";
import { acceptCollaborationSchema } from "@/lib/posts/schemas";
import { acceptCollaboration, leaveCollaboration, reopenInvitation } from "@/lib/posts/service";

export const POST = rest({ params: postParam, body: acceptCollaborationSchema }, ({ viewer, params, body }) =>
  body.is_invited ? reopenInvitation(viewer, params.id) : acceptCollaboration(viewer, params.id));

export const DELETE = rest({ params: postParam }, async ({ viewer, params }) => {
  await leaveCollaboration(viewer, params.id);
  return noContent();
});
