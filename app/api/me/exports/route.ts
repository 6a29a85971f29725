import { listExports } from "@/lib/exports/queries";
import { rest } from "@/lib/platform/http/rest";

export const GET = rest({}, async ({ viewer }) => ({ exports: await listExports(viewer) }));
