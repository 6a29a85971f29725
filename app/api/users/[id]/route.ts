import { rest } from "@/lib/platform/http/rest";
import { getProfile } from "@/lib/profiles/queries";
import { userParam } from "@/lib/profiles/schemas";

export const GET = rest({ auth: "optional", params: userParam }, ({ viewer, params }) => getProfile(viewer, params.id));
