import "server-only";
import { sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import type { MediaRow } from "@/lib/media/urls";
import { toMediaView } from "@/lib/media/urls";
import type { ChangeView, MediaView } from "@/lib/media/types";
import { isRefined } from "@/lib/media/widths";
import { problemText } from "./problem";
import { extractText } from "./text";
import type { LastingRow } from "./views";

/** The photos of a post and what its caption names. Whatever changes them changes the post's `updated_at`, but for what `isComplete` waits for. */
export type Frame = {
  hashtags: string[]; mentions: string[]; problem: string | null; /** The photos' addresses are the same for everybody. */ isPublic: boolean; mediaFor: (viewerId: string | null) => MediaView[];
  /** There may be people on its photos, or further authors; who of them is shown depends on the viewer. */
  hasPeople: boolean; hasCollaborators: boolean;
};

export type PostMediaRow = MediaRow & {
  post_id: string; problem: string | null; wanted_version: string | null; wanted_progress: number | null; wanted_problem: string | null; replaces_id: string | null; has_people: boolean; has_collaborators: boolean;
};

const readMedia = prepared<PostMediaRow, "ids">("media of posts", (arg) => sql`
  select id, post_id, kind, state, width, height, duration, alt, thumbhash, version, variants, problem, video, has_audio, progress, wanted_version, wanted_progress, wanted_problem, replaces_id,
    exists (select 1 from photo_tags t where t.media_id = media.id and t.state <> 'removed') as has_people,
    exists (select 1 from collaborators c where c.post_id = media.post_id) as has_collaborators,
    case when kind = 'video' then (select json_agg(json_build_object('id', c.id::text, 'language', c.language, 'label', c.label) order by c.language) from media_captions c where c.media_id = media.id) end as captions,
    case when shows_camera and coalesce(camera, lens, f_number::text, iso::text, focal_length::text, exposure_seconds::text) is not null then
      jsonb_build_object('name', camera, 'lens', lens, 'exposure_seconds', exposure_seconds, 'f_number', f_number, 'iso', iso, 'focal_length', focal_length) end as shown_camera
  from media where post_id = any (${arg("ids")}::text::bigint[]) and (position is not null or replaces_id is not null) order by post_id, position`);

/** Whether its photos are served to everybody; its author sees the others by signed addresses, also unpublished and archived ones. */
export const isPublicPost = (row: Pick<LastingRow, "audience" | "is_private" | "status" | "is_archived" | "is_deleted">) =>
  row.audience === "everyone" && !row.is_private && row.status === "published" && !row.is_archived && !row.is_deleted;

/** Photos by post, in their order. One statement, none when nothing is asked for. */
export async function readMediaOf(ids: readonly string[]): Promise<Map<string, PostMediaRow[]>> {
  const byPost = new Map<string, PostMediaRow[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return byPost;
  for (const row of await readMedia({ ids: `{${ids.join(",")}}` })) byPost.get(row.post_id)!.push(row);
  return byPost;
}

/** The frame of rows just read. */
export function makeFrame(row: LastingRow, rows: readonly PostMediaRow[]): Frame {
  const isPublic = isPublicPost(row);
  const [media, waiting] = [rows.filter((item) => item.replaces_id === null), rows.filter((item) => item.replaces_id !== null)];
  const { hashtags, mentions } = extractText(row.caption);
  const problem = media.find((item) => item.state === "failed")?.problem ?? null;
  // Addresses of public photos are the same for everybody; others are signed anew for each reader.
  const shared = isPublic ? media.map((item) => toMediaView(item, { viewerId: null, isPublic })) : null;
  const mediaFor = (viewerId: string | null) => shared ?? media.map((item) => toMediaView(item, { viewerId, isPublic }));
  // How a change comes on is for the author's eyes only.
  const changes = media.map((item) => changeOf(item, waiting.find((other) => other.replaces_id === item.id)));
  const isChanging = changes.some((change) => change !== null);
  const withChanges = (views: MediaView[]) => views.map((view, at) => ({ ...view, ...(changes[at] && { change: changes[at] }) }));
  return {
    hashtags, mentions, problem, isPublic, hasPeople: media.some((item) => item.has_people), hasCollaborators: media.some((item) => item.has_collaborators),
    mediaFor: (viewerId) => (isChanging && viewerId === row.author_id ? withChanges(mediaFor(viewerId)) : mediaFor(viewerId)),
  };
}

/** An item that is being made anew, or whose replacement is. */
function changeOf({ kind, wanted_version, wanted_progress, wanted_problem }: PostMediaRow, replacement?: PostMediaRow): ChangeView | null {
  if (replacement) return { what: "replacement", progress: replacement.state === "failed" ? null : (replacement.progress ?? null), problem: replacement.state === "failed" ? problemText(replacement.problem) : null };
  if (kind === "image" || (wanted_version === null && wanted_problem === null)) return null;
  return { what: "edit", progress: wanted_version === null ? null : wanted_progress, problem: wanted_problem && problemText(wanted_problem) };
}

/** Nothing comes on by itself any more. */
export const isSettled = (row: LastingRow, media: readonly PostMediaRow[]) =>
  row.status === "published" && media.length > 0 && media.every((item) => item.state === "ready" && item.wanted_version === null && item.replaces_id === null);

/** The lighter formats come a little after publication; until then look again soon. */
export const isComplete = (media: readonly PostMediaRow[]) => media.every((item) => isRefined(item.variants));
