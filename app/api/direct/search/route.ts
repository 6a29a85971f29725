import { searchMessagesSchema } from "@/lib/messages/schemas";
import { searchMessages } from "@/lib/messages/search";
import { rest } from "@/lib/platform/http/rest";
import { paginationOf } from "@/lib/platform/pagination/pagination";

export const GET = rest({ query: searchMessagesSchema }, async ({ viewer, query }) => {
  const { messages, threads, nextCursor } = await searchMessages(viewer, query);
  return { messages, threads, pagination: paginationOf(query, { items: messages, nextCursor }) };
});
