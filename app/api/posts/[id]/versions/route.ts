import { postParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";
import { versionsSchema } from "@/lib/posts/schemas";
import { listVersions } from "@/lib/posts/versions";

export const GET = rest({ auth: "optional", params: postParam, query: versionsSchema }, async ({ viewer, params, query }) => ({ versions: await listVersions(viewer, params.id, query.uncovered) }));
