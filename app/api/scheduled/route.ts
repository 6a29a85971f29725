import { rest } from "@/lib/platform/http/rest";
import { listScheduled } from "@/lib/posts/scheduled";

export const GET = rest({}, async ({ viewer }) => ({ posts: await listScheduled(viewer) }));
