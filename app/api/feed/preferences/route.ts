import { getPreferences, setPreferences } from "@/lib/feed/preferences";
import { preferencesPatchSchema } from "@/lib/feed/schemas";
import { rest } from "@/lib/platform/http/rest";

export const GET = rest({}, ({ viewer }) => getPreferences(viewer));
export const PATCH = rest({ body: preferencesPatchSchema }, ({ viewer, body }) => setPreferences(viewer, body));
