import { saveSchema } from "@/lib/interactions/schemas";
import { removeFromCollection, saveInto } from "@/lib/interactions/collections";
import { setSaved } from "@/lib/interactions/service";
import { postParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ params: postParam, body: saveSchema }, ({ viewer, params, body }) => saveInto(viewer, params.id, body.collection_id));

/** Out of one collection it stays saved. */
export const DELETE = rest({ params: postParam, body: saveSchema }, async ({ viewer, params, body }) => {
  if (!body.collection_id) return setSaved(viewer, params.id, false);
  await removeFromCollection(viewer, body.collection_id, params.id);
  return { saved: true, collection_ids: [body.collection_id] };
});
