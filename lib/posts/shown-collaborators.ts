import "server-only";
import { sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { accountVisible } from "@/lib/platform/visibility/visibility";
import { avatarUrl } from "@/lib/profiles/avatar-url";
import type { CollaboratorView } from "./types";

type Row = { post_id: string; id: string; username: string; full_name: string; is_verified: boolean; avatar_media_id: string | null; avatar_version: string | null; state: "invited" | "accepted" };

const shown = (viewer: string | null, ids: string) => sql`
  select c.post_id, u.id, u.username, u.full_name, u.is_verified, u.avatar_media_id, u.avatar_version, c.state from collaborators c join users u on u.id = c.user_id join posts p on p.id = c.post_id
  where c.post_id = any (${ids}::text::bigint[]) and ${accountVisible(viewer)}
    and (c.state = 'accepted'${viewer === null ? sql`` : sql` or (c.state = 'invited' and ${viewer}::bigint in (c.user_id, p.author_id))`}) order by c.created_at, c.user_id`;
const forViewer = prepared<Row, "viewer" | "ids">("collaborators for a viewer", (arg) => shown(arg("viewer"), arg("ids")));
const signedOut = prepared<Row, "ids">("collaborators signed out", (arg) => shown(null, arg("ids")));

/** Who made these visible posts together with their authors, by post, without people whom the viewer does not see. */
export async function readCollaborators(viewer: { id: string } | null, postIds: readonly string[]): Promise<Map<string, CollaboratorView[]>> {
  const byPost = new Map<string, CollaboratorView[]>();
  if (postIds.length === 0) return byPost;
  const ids = `{${postIds.join(",")}}`;
  for (const { post_id, avatar_media_id, avatar_version, state, ...person } of await (viewer ? forViewer({ viewer: viewer.id, ids }) : signedOut({ ids }))) {
    const view = { ...person, avatar_url: avatarUrl({ avatarMediaId: avatar_media_id, avatarVersion: avatar_version }), ...(state === "invited" ? { is_invited: true as const } : {}) };
    byPost.set(post_id, [...(byPost.get(post_id) ?? []), view]);
  }
  return byPost;
}
