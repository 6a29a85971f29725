import { editMessage, unsendMessage } from "@/lib/messages/change";
import { editMessageSchema, messageParam } from "@/lib/messages/schemas";
import { noContent, rest } from "@/lib/platform/http/rest";

export const PATCH = rest({ params: messageParam, body: editMessageSchema }, ({ viewer, params, body }) => editMessage(viewer, params.id, params.message_id, body.text));

export const DELETE = rest({ params: messageParam }, async ({ viewer, params }) => {
  await unsendMessage(viewer, params.id, params.message_id);
  return noContent();
});
