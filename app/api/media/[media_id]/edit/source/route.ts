import { mediaParam } from "@/lib/media/schemas";
import { rest } from "@/lib/platform/http/rest";
import { askForSource } from "@/lib/posts/media-edits";

/** Has the whole of a video made ready for its editor. */
export const POST = rest({ params: mediaParam }, ({ viewer, params }) => askForSource(viewer, params.media_id));
