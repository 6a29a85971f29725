import { listMembers } from "@/lib/interactions/collection-queries";
import { idParam } from "@/lib/platform/http/params";
import { rest } from "@/lib/platform/http/rest";

export const GET = rest({ params: idParam }, async ({ viewer, params }) => ({ members: await listMembers(viewer, params.id) }));
