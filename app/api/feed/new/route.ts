import { countNewer } from "@/lib/feed/queries";
import { newerSchema } from "@/lib/feed/schemas";
import { rest } from "@/lib/platform/http/rest";

/** How many posts came since; asked every half minute by each open page, so it must cost next to nothing. */
export const GET = rest({ query: newerSchema }, async ({ viewer, query }) => ({ count: await countNewer(viewer, query.since) }));
