import type { UserSummary } from "@/lib/profiles/types";
import { avatarUrl } from "@/lib/profiles/avatar-url";
import { env } from "@/lib/platform/env";
import { toShortcode } from "@/lib/platform/ids";
import { splitWords } from "@/lib/privacy/hidden-words";
import type { SensitiveLevel } from "@/lib/privacy/types";
import { hasHiddenWord } from "@/lib/privacy/words";
import type { Frame } from "./frames";
import { type Beside } from "./beside";
import { isRefused } from "./mentions";
import { problemText } from "./problem";
import { unpackReactions } from "./reactions";
import { isEmbeddable, isRepostable } from "./openness";
import type { PostCircle, PostView } from "./types";
import type { Uncounted } from "./uncounted";

/** What of a post, its author and its place stays until somebody changes it; the columns of `rows.ts`. */
export type LastingRow = {
  id: string; author_id: string; status: PostView["status"]; audience: PostView["audience"]; content_type: PostView["content_type"]; caption: string;
  comments_enabled: boolean; like_count_hidden: boolean; is_sensitive: boolean; reposts_enabled: boolean; is_edited: boolean; is_archived: boolean; is_deleted: boolean; is_pinned: boolean; scheduled_for: string | null; created_at: string; updated_at: string;
  username: string; full_name: string; is_verified: boolean; is_private: boolean; avatar_media_id: string | null; avatar_version: string | null;
  place_id: string | null; place_name: string | null; latitude: number | null; longitude: number | null;
  /** Where it may go besides (openness.ts). */
  openness: number;
  /** Of all of them but the place's, which never change. */
  version: string;
};

/** What changes all the time, or is another for each viewer. */
export type PassingRow = {
  id: string; version: string; like_count: number; comment_count: number; share_count: number; save_count: number; repost_count: number; view_count: number; is_liked: boolean; is_saved: boolean; is_reposted: boolean;
  /** Somebody reacted to it; how is read beside it (beside.ts). */
  has_reactions: boolean;
  /** Comments of the viewer's own that they alone and the author see: counted for them, so that nothing tells. */
  own_unseen_comments: number;
  /** The viewer's wishes, the same for each post. */
  sensitive_level: SensitiveLevel | null; hides_likes: boolean; hidden_words: string | null;
  /** Of a post for circles those that the viewer may know of. */
  circles: PostCircle[] | null;
  /** A block hides somebody from the viewer: what those did is read beside it and not counted for them. The same for each post. */
  has_blocks: boolean;
};

/** The members of a post that are the same for all who may see it, and stay as long as its version. */
export type LastingView = Omit<PostView, keyof PassingView | "repost">;
/** The others. */
export type PassingView = Pick<PostView, "problem" | "scheduled_for" | "like_count" | "comment_count" | "share_count" | "repost_count" | "reactions" | "save_count" | "is_archived" | "view_count" | "is_liked" | "is_saved" | "is_reposted" | "can_repost" | "circles" | "for_close_friends" | "mentions" | "like_count_hidden" | "cover">;

const NOTHING: Uncounted = { likes: 0, comments: 0, saves: 0, shares: 0, reposts: 0 };

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
    collaborators: [],
    status: row.status,
    content_type: row.content_type,
    audience: row.audience,
    caption: row.caption,
    location: row.place_id === null ? null : { id: row.place_id, name: row.place_name ?? "", latitude: row.latitude, longitude: row.longitude },
    hashtags: frame.hashtags,
    image_url: urls?.["1080"] ?? "",
    thumbnail_url: urls?.["150"] ?? "",
    medium_url: urls?.["640"] ?? "",
    media,
    is_pinned: row.is_pinned,
    is_edited: row.is_edited,
    comments_enabled: row.comments_enabled,
    is_sensitive: row.is_sensitive,
    can_embed: isEmbeddable(row),
    reposts_enabled: row.reposts_enabled,
    created_at: new Date(row.created_at).toISOString(),
    updated_at: new Date(row.updated_at).toISOString(),
  };
}

export function toPassingView(row: LastingRow, frame: Frame, now: PassingRow, viewerId: string | null, { refused, reactions, uncounted }: Beside): PassingView {
  const isOwn = row.author_id === viewerId;
  const less = uncounted.get(row.id) ?? NOTHING;
  const hidesLikes = !isOwn && (row.like_count_hidden || now.hides_likes);
  return {
    ...(isOwn && row.status === "failed" ? { problem: problemText(frame.problem) } : {}),
    ...(isOwn && row.status === "scheduled" ? { scheduled_for: row.scheduled_for && new Date(row.scheduled_for).toISOString() } : {}),
    mentions: frame.mentions.filter((name) => !isRefused(refused, row.author_id, name)),
    // The number may lag by a second; one's own like is never missing from it.
    like_count: hidesLikes ? null : Math.max(now.like_count - less.likes, now.is_liked ? 1 : 0),
    like_count_hidden: row.like_count_hidden || hidesLikes,
    comment_count: Math.max(0, now.comment_count - less.comments) + now.own_unseen_comments,
    share_count: Math.max(0, now.share_count - less.shares),
    repost_count: Math.max(0, now.repost_count - less.reposts),
    reactions: unpackReactions(reactions.get(row.id) ?? null, !hidesLikes),
    ...(isOwn ? { save_count: Math.max(0, now.save_count - less.saves), is_archived: row.is_archived } : {}),
    view_count: now.view_count,
    is_liked: now.is_liked,
    is_saved: now.is_saved,
    is_reposted: now.is_reposted,
    can_repost: isRepostable(row) && viewerId !== null && !isOwn,
    cover: isOwn ? null : coverOf(row, now),
    ...circlesOf(row.audience, now.circles, isOwn),
  };
}

/** Why the post is covered until the viewer asks for it. */
function coverOf(row: LastingRow, now: PassingRow): PostView["cover"] {
  if (now.hidden_words !== null && hasHiddenWord(row.caption, splitWords(now.hidden_words))) return "word";
  return row.is_sensitive && now.sensitive_level !== "show" ? "sensitive" : null;
}

function circlesOf(audience: PostView["audience"], circles: PostCircle[] | null, isOwn: boolean): Pick<PostView, "circles" | "for_close_friends"> {
  if (audience !== "circles") return {};
  return isOwn ? { circles: circles ?? [] } : { for_close_friends: circles?.some((circle) => circle.is_close_friends) ?? false };
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
