import { rest } from "@/lib/platform/http/rest";
import { getPrivacy } from "@/lib/privacy/queries";
import { privacyPatchSchema } from "@/lib/privacy/schemas";
import { setPrivacy } from "@/lib/privacy/service";

export const GET = rest({}, ({ viewer }) => getPrivacy(viewer));
export const PATCH = rest({ body: privacyPatchSchema }, ({ viewer, body }) => setPrivacy(viewer, body));
