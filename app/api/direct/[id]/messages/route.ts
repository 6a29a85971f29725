import { listMessages } from "@/lib/messages/queries";
import { listMessagesSchema, sendMessageSchema } from "@/lib/messages/schemas";
import { sendMessage } from "@/lib/messages/send";
import { notFound } from "@/lib/platform/errors";
import { idParam } from "@/lib/platform/http/params";
import { created, rest } from "@/lib/platform/http/rest";

export const GET = rest({ params: idParam, query: listMessagesSchema }, async ({ viewer, params, query }) => {
  const page = await listMessages(viewer, params.id, query);
  if (!page) throw notFound();
  return page;
});

export const POST = rest({ params: idParam, body: sendMessageSchema }, async ({ viewer, params, body }) => {
  const { message, isNew } = await sendMessage(viewer, params.id, body);
  return isNew ? created(message) : message;
});
