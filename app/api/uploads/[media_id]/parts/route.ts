import { absoluteAddresses } from "@/lib/media/absolute";
import { mediaParam, partsSchema } from "@/lib/media/schemas";
import { signParts } from "@/lib/media/upload-parts";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ params: mediaParam, body: partsSchema }, async ({ viewer, params, body, request }) =>
  absoluteAddresses(await signParts(viewer, params.media_id, body), request.headers));
