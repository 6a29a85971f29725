import type { UserSummary } from "@/lib/profiles/types";
import { avatarUrl } from "@/lib/profiles/avatar-url";
import { env } from "@/lib/platform/env";
import { toShortcode } from "@/lib/platform/ids";
import type { Frame } from "./frames";
import { problemText } from "./problem";
import type { PostView } from "./types";

/** What of a post, its author and its place stays until somebody changes it; the columns of `rows.ts`. */
export type LastingRow = {
  id: string; author_id: string; status: PostView["status"]; audience: PostView["audience"]; content_type: PostView["content_type"]; caption: string;
  comments_enabled: boolean; like_count_hidden: boolean; is_edited: boolean; is_archived: boolean; created_at: string; updated_at: string;
  username: string; full_name: string; is_verified: boolean; is_private: boolean; avatar_media_id: string | null; avatar_version: string | null;
  place_id: string | null; place_name: string | null; latitude: number | null; longitude: number | null;
  /** Of all of them but the place's, which never change. */
  version: string;
};

/** What changes all the time, or is another for each viewer. */
export type PassingRow = {
  id: string; version: string; like_count: number; comment_count: number; share_count: number; save_count: number; view_count: number; is_liked: boolean; is_saved: boolean;
};

/** The members of a post that are the same for all who may see it, and stay as long as its version. */
export type LastingView = Omit<PostView, keyof PassingView>;
/** The others. */
export type PassingView = Pick<PostView, "problem" | "like_count" | "comment_count" | "share_count" | "save_count" | "is_archived" | "view_count" | "is_liked" | "is_saved">;

/** The address of a post's page. */
export const postUrl = (id: string) => `${env().PUBLIC_URL}/p/${toShortcode(id)}`;

/** `viewerId` is for whom addresses of photos are signed; it does not matter where they are public. */
export function toLastingView(row: LastingRow, frame: Frame, viewerId: string | null): LastingView {
  const media = frame.mediaFor(viewerId);
  const urls = media[0]?.urls;
  return {
    id: row.id,
    shortcode: toShortcode(row.id),
    url: postUrl(row.id),
    user_id: row.author_id,
    user: authorOf(row),
    status: row.status,
    content_type: row.content_type,
    audience: row.audience,
    caption: row.caption,
    location: row.place_id === null ? null : { id: row.place_id, name: row.place_name ?? "", latitude: row.latitude, longitude: row.longitude },
    hashtags: frame.hashtags,
    mentions: frame.mentions,
    image_url: urls?.["1080"] ?? "",
    thumbnail_url: urls?.["150"] ?? "",
    medium_url: urls?.["640"] ?? "",
    media,
    is_edited: row.is_edited,
    comments_enabled: row.comments_enabled,
    like_count_hidden: row.like_count_hidden,
    created_at: new Date(row.created_at).toISOString(),
    updated_at: new Date(row.updated_at).toISOString(),
  };
}

export function toPassingView(row: LastingRow, frame: Frame, now: PassingRow, viewerId: string | null): PassingView {
  const isOwn = row.author_id === viewerId;
  return {
    ...(isOwn && row.status === "failed" ? { problem: problemText(frame.problem) } : {}),
    // The number may lag by a second; one's own like is never missing from it.
    like_count: row.like_count_hidden && !isOwn ? null : Math.max(now.like_count, now.is_liked ? 1 : 0),
    comment_count: now.comment_count,
    share_count: now.share_count,
    ...(isOwn ? { save_count: now.save_count, is_archived: row.is_archived } : {}),
    view_count: now.view_count,
    is_liked: now.is_liked,
    is_saved: now.is_saved,
  };
}

function authorOf(row: LastingRow): UserSummary {
  return {
    id: row.author_id,
    username: row.username,
    full_name: row.full_name,
    avatar_url: avatarUrl({ avatarMediaId: row.avatar_media_id, avatarVersion: row.avatar_version }),
    is_verified: row.is_verified,
  };
}
