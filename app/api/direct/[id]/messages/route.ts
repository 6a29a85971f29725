import { listMessages } from "@/lib/messages/queries";
import { listMessagesSchema, sendMessageSchema } from "@/lib/messages/schemas";
import { deliverMessage } from "@/lib/messages/send";
import { notFound } from "@/lib/platform/errors";
import { idParam } from "@/lib/platform/http/params";
import { created, noContent, rest } from "@/lib/platform/http/rest";

export const GET = rest({ params: idParam, query: listMessagesSchema }, async ({ viewer, params, query }) => {
  const page = await listMessages(viewer, params.id, query);
  if (!page) throw notFound();
  return page;
});

export const POST = rest({ params: idParam, body: sendMessageSchema }, async ({ viewer, params, body }) => {
  const { message, isNew } = await deliverMessage(viewer, params.id, body);
  // It arrived earlier, and has gone by itself since.
  if (!message) return noContent();
  return isNew ? created(message) : message;
});
