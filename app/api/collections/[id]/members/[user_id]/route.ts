import { inviteMember, removeMember } from "@/lib/interactions/collections";
import { collectionMemberParam } from "@/lib/interactions/schemas";
import { noContent, rest } from "@/lib/platform/http/rest";

export const PUT = rest({ params: collectionMemberParam }, async ({ viewer, params }) => {
  await inviteMember(viewer, params.id, params.user_id);
  return noContent();
});

export const DELETE = rest({ params: collectionMemberParam }, async ({ viewer, params }) => {
  await removeMember(viewer, params.id, params.user_id);
  return noContent();
});
