import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { prepared } from "@/db/prepared";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { PreferencesPatch } from "./schemas";
import type { FeedOrder, PreferencesView } from "./types";

type Reader = Pick<Viewer, "id">;
type Row = { feed_order: FeedOrder; discovery: number; best: number; video: number };

/** What holds for those who have changed nothing. */
export const DEFAULTS: PreferencesView = { order: "following", discovery: 0.5, best: 0.5, video: 0.5 };

const read = prepared<Row, "viewer">("feed preferences", (arg) => sql`
  select feed_order, discovery::float8, best::float8, video::float8 from feed_preferences where user_id = ${arg("viewer")}::bigint`);

const toView = (row: Row | undefined): PreferencesView => (row ? { order: row.feed_order, discovery: row.discovery, best: row.best, video: row.video } : DEFAULTS);

export async function getPreferences(viewer: Reader): Promise<PreferencesView> {
  const [row] = await read({ viewer: viewer.id });
  return toView(row);
}

/** Keeps what is given, for all devices; what is left out stays. */
export async function setPreferences(viewer: Reader, patch: PreferencesPatch): Promise<PreferencesView> {
  const { order = null, discovery = null, best = null, video = null } = patch;
  const [row] = await db().execute<Row>(sql`
    insert into feed_preferences as f (user_id, feed_order, discovery, best, video)
    values (${viewer.id}::bigint, coalesce(${order}::text, 'following'), coalesce(${discovery}::real, 0.5), coalesce(${best}::real, 0.5), coalesce(${video}::real, 0.5))
    on conflict (user_id) do update set feed_order = coalesce(${order}::text, f.feed_order), discovery = coalesce(${discovery}::real, f.discovery),
      best = coalesce(${best}::real, f.best), video = coalesce(${video}::real, f.video), updated_at = now()
    returning feed_order, discovery::float8, best::float8, video::float8`);
  return toView(row);
}
