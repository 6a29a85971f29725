import type { ShownAudience } from "@/components/circles/audience-text";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { PostView } from "@/lib/posts/types";

/** A video whose subtitles its author can change; `place` as "Item 2". */
export type VideoSubject = { id: string; place: string; subtitles: { language: string; label: string }[] };

/** What the menu of a post needs to know. */
export type MenuSubject = {
  id: string;
  url: string;
  author: { id: string; username: string };
  /** The viewer's own post, somebody else's, or seen signed out. */
  whose: "own" | "other" | "visitor";
  following: boolean;
  caption: string;
  /** For whom it is, for its author. */
  audience: ShownAudience;
  isPrivate: boolean;
  commentsEnabled: boolean;
  /** Marked so by its author. */
  sensitive: boolean;
  repostsEnabled: boolean;
  /** By its author: only they see how many like it. */
  likeCountHidden: boolean;
  published: boolean;
  archived: boolean;
  pinned: boolean;
  /** The viewer stands on one of its photos. */
  tagged: boolean;
  /** The viewer is one of its further authors. */
  collaborates: boolean;
  /** Its photos, for their author. */
  photos: string[];
  /** All of it in order, for its author. */
  items: { id: string; type: "image" | "video" }[];
  /** Its videos, for their author. */
  videos: VideoSubject[];
  at: number;
};

export function menuSubjectOf(post: PostView, viewer: Viewer | null, following = false): MenuSubject {
  const isOwn = viewer?.id === post.user_id;
  return {
    id: post.id, url: post.url, author: { id: post.user.id, username: post.user.username },
    whose: viewer === null ? "visitor" : isOwn ? "own" : "other",
    following, caption: post.caption, audience: { audience: post.audience, circles: post.circles }, isPrivate: viewer?.isPrivate ?? false, commentsEnabled: post.comments_enabled, sensitive: post.is_sensitive, repostsEnabled: post.reposts_enabled, likeCountHidden: post.like_count_hidden, published: post.status === "published", archived: post.is_archived === true, pinned: post.is_pinned, collaborates: post.collaborators.some(({ id, is_invited }) => id === viewer?.id && !is_invited), tagged: post.media.some(({ tags }) => tags.some((person) => person.is_viewer)),
    photos: isOwn ? post.media.filter(({ type }) => type === "image").map(({ id }) => id) : [],
    items: isOwn ? post.media.map(({ id, type }) => ({ id, type })) : [],
    videos: isOwn ? videosOf(post) : [], at: Date.now(),
  };
}

function videosOf({ media }: PostView): VideoSubject[] {
  return media.flatMap(({ id, type, captions = [] }, index) => (type === "video" ? [{ id, place: `Item ${index + 1}`, subtitles: captions.map(({ language, label }) => ({ language, label })) }] : []));
}
