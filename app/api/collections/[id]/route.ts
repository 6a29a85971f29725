import { deleteCollection, editCollection } from "@/lib/interactions/collections";
import { getCollection } from "@/lib/interactions/collection-queries";
import { collectionPatchSchema } from "@/lib/interactions/schemas";
import { idParam } from "@/lib/platform/http/params";
import { noContent, rest } from "@/lib/platform/http/rest";

export const GET = rest({ params: idParam }, ({ viewer, params }) => getCollection(viewer, params.id));

export const PATCH = rest({ params: idParam, body: collectionPatchSchema }, async ({ viewer, params, body }) => {
  await editCollection(viewer, params.id, body);
  return getCollection(viewer, params.id);
});

export const DELETE = rest({ params: idParam }, async ({ viewer, params }) => {
  await deleteCollection(viewer, params.id);
  return noContent();
});
