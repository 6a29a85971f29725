import { getReceipt } from "@/lib/media/receipt";
import { mediaParam } from "@/lib/media/schemas";
import { rest } from "@/lib/platform/http/rest";

export const GET = rest({ params: mediaParam }, ({ viewer, params }) => getReceipt(viewer, params.media_id));
