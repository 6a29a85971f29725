import { mediaEditSchema, mediaParam } from "@/lib/media/schemas";
import { rest } from "@/lib/platform/http/rest";
import { changeMediaEdit, getMediaEdit } from "@/lib/posts/media-edits";

export const GET = rest({ params: mediaParam }, ({ viewer, params }) => getMediaEdit(viewer, params.media_id));

export const PUT = rest({ params: mediaParam, body: mediaEditSchema }, ({ viewer, params, body }) => changeMediaEdit(viewer, params.media_id, body));
