import { addToCollection, removeFromCollection } from "@/lib/interactions/collections";
import { addToCollectionSchema, collectionPostParam } from "@/lib/interactions/schemas";
import { rest } from "@/lib/platform/http/rest";

export const PUT = rest({ params: collectionPostParam, body: addToCollectionSchema }, async ({ viewer, params, body }) => {
  await addToCollection(viewer, params.id, params.post_id, body.from);
  return { added: true };
});

export const DELETE = rest({ params: collectionPostParam }, async ({ viewer, params }) => {
  await removeFromCollection(viewer, params.id, params.post_id);
  return { added: false };
});
