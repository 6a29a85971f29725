import { joinCollection } from "@/lib/interactions/collections";
import { getCollection } from "@/lib/interactions/collection-queries";
import { idParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ params: idParam }, async ({ viewer, params }) => {
  await joinCollection(viewer, params.id);
  return getCollection(viewer, params.id);
});
