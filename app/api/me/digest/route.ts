import { getDigest, setDigest } from "@/lib/notifications/delivery/digest-settings";
import { digestSchema } from "@/lib/notifications/delivery/schemas";
import { rest } from "@/lib/platform/http/rest";

export const GET = rest({}, ({ viewer }) => getDigest(viewer));
export const PATCH = rest({ body: digestSchema }, ({ viewer, body }) => setDigest(viewer, body));
