import { completeSchema, mediaParam } from "@/lib/media/schemas";
import { completeUpload } from "@/lib/media/service";
import { rest } from "@/lib/platform/http/rest";

export const POST = rest({ params: mediaParam, body: completeSchema }, ({ viewer, params }) => completeUpload(viewer, params.media_id));
