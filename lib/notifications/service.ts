import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { signal } from "@/lib/platform/realtime/signal";
import type { Viewer } from "@/lib/platform/viewer/viewer";

/** Marks read: everything up to the notification `upTo`, or everything there is. Never takes back what was read. */
export async function markRead(viewer: Viewer, upTo: string | null): Promise<void> {
  const newest = upTo === null ? sql`max(latest_id)` : sql`max(latest_id) filter (where id = ${upTo}::bigint)`;
  await db().execute(sql`
    update users set notifications_read_id = greatest(notifications_read_id, coalesce((select ${newest} from notifications where user_id = ${viewer.id}::bigint), 0))
    where id = ${viewer.id}::bigint`);
  // To the person's other tabs and devices.
  signal({ event: "notification", id: viewer.id });
}
