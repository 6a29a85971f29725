import { mediaParam, widthSchema } from "@/lib/media/schemas";
import { getWidthAddress } from "@/lib/media/width-address";
import { rest } from "@/lib/platform/http/rest";

export const GET = rest({ auth: "optional", params: mediaParam, query: widthSchema }, ({ viewer, params, query }) => getWidthAddress(viewer, params.media_id, query));
