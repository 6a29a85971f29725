import "server-only";
import { sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import type { PersonOnPhoto } from "@/lib/media/types";
import { accountVisible } from "@/lib/platform/visibility/visibility";

type Shown = { media_id: string; user_id: string; username: string; full_name: string; x: number; y: number; state: "proposed" | "shown" };

const shownOn = (viewer: string | null, ids: string) => sql`
  select t.media_id, t.user_id, u.username, u.full_name, t.x, t.y, t.state from photo_tags t join users u on u.id = t.user_id join posts p on p.id = t.post_id
  where t.post_id = any (${ids}::text::bigint[]) and ${accountVisible(viewer)}
    and (t.state = 'shown'${viewer === null ? sql`` : sql` or (t.state = 'proposed' and ${viewer}::bigint in (t.user_id, p.author_id))`}) order by t.created_at, t.user_id`;
const readForViewer = prepared<Shown, "viewer" | "ids">("people on photos for a viewer", (arg) => shownOn(arg("viewer"), arg("ids")));
const readSignedOut = prepared<Shown, "ids">("people on photos signed out", (arg) => shownOn(null, arg("ids")));

/** Who stands on the photos of these visible posts, by photo, without people whom the viewer does not see. */
export async function readPeople(viewer: { id: string } | null, postIds: readonly string[]): Promise<Map<string, PersonOnPhoto[]>> {
  const byMedia = new Map<string, PersonOnPhoto[]>();
  if (postIds.length === 0) return byMedia;
  const ids = `{${postIds.join(",")}}`;
  const rows = await (viewer ? readForViewer({ viewer: viewer.id, ids }) : readSignedOut({ ids }));
  for (const { media_id, user_id, username, full_name, x, y, state } of rows) {
    const person = { username, full_name, x, y, ...(state === "proposed" ? { is_proposed: true as const } : {}), ...(user_id === viewer?.id ? { is_viewer: true as const } : {}) };
    byMedia.set(media_id, [...(byMedia.get(media_id) ?? []), person]);
  }
  return byMedia;
}
