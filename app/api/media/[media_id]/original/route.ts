import { signDownload } from "@/lib/media/brought";
import { mediaParam } from "@/lib/media/schemas";
import { rest } from "@/lib/platform/http/rest";

export const GET = rest({ params: mediaParam }, ({ viewer, params }) => signDownload(viewer, params.media_id));
