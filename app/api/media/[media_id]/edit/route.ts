import { mediaEditSchema, mediaParam } from "@/lib/media/schemas";
import { rest } from "@/lib/platform/http/rest";
import { changePhotoEdit, getPhotoEdit } from "@/lib/posts/photo-edits";

export const GET = rest({ params: mediaParam }, ({ viewer, params }) => getPhotoEdit(viewer, params.media_id));

export const PUT = rest({ params: mediaParam, body: mediaEditSchema }, ({ viewer, params, body }) => changePhotoEdit(viewer, params.media_id, body));
