import { mediaParam } from "@/lib/media/schemas";
import { cancelUpload } from "@/lib/media/service";
import { getUpload } from "@/lib/media/upload-parts";
import { noContent, rest } from "@/lib/platform/http/rest";

export const GET = rest({ params: mediaParam }, ({ viewer, params }) => getUpload(viewer, params.media_id));

export const DELETE = rest({ params: mediaParam }, async ({ viewer, params }) => {
  await cancelUpload(viewer, params.media_id);
  return noContent();
});
