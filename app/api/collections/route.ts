import { createCollection } from "@/lib/interactions/collections";
import { getCollection, listCollections, listInvitations } from "@/lib/interactions/collection-queries";
import { collectionsPageSchema, newCollectionSchema } from "@/lib/interactions/schemas";
import { created, rest } from "@/lib/platform/http/rest";
import { paginationOf } from "@/lib/platform/pagination/pagination";

export const GET = rest({ query: collectionsPageSchema }, async ({ viewer, query }) => {
  const slice = await (query.role === "invited" ? listInvitations(viewer, query) : listCollections(viewer, query, query.post_id));
  return { collections: slice.items, pagination: paginationOf(query, slice) };
});

export const POST = rest({ body: newCollectionSchema }, async ({ viewer, body, idempotencyKey }) => created(await getCollection(viewer, await createCollection(viewer, body, idempotencyKey))));
