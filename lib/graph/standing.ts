import "server-only";
import { sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { executePrepared } from "@/db/prepared";
import { invalid, notFound } from "@/lib/platform/errors";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible } from "@/lib/platform/visibility/visibility";

export type State = "active" | "requested" | null;

/** How the viewer follows the person now. Throws invalid for oneself, not_found for whom they may not see. */
export async function standing(executor: Executor, viewer: Viewer, userId: string): Promise<State> {
  if (userId === viewer.id) throw invalid("This is you.", { id: "This is you." });
  const [row] = await executePrepared<{ state: State }>(executor, sql`
    select f.state from users u left join follows f on f.follower_id = ${viewer.id}::bigint and f.followee_id = u.id
    where u.id = ${userId}::bigint and ${accountVisible(viewer.id)}`);
  if (!row) throw notFound();
  return row.state;
}
