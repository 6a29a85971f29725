import type { MediaView } from "@/lib/media/types";
import type { DraftContent } from "./schemas";
import type { UserSummary } from "@/lib/profiles/types";

/** A post as the API and the pages show it (API.md, Shapes), already judged for one viewer. */
export type PostView = {
  id: string;
  shortcode: string;
  /** Absolute address of its page. */
  url: string;
  user_id: string;
  user: UserSummary;
  collaborators: CollaboratorView[];
  status: "processing" | "published" | "failed" | "held" | "scheduled";
  /** When it is to appear; the author's own eyes only, null when it has to be set anew. */
  scheduled_for?: string | null;
  /** Why it failed, in words; the author's own eyes only. */
  problem?: string;
  content_type: "photo" | "video" | "carousel";
  audience: "everyone" | "followers" | "circles";
  /** Of a post for circles: which; the author's own eyes only. */
  circles?: PostCircle[];
  /** Of a post for circles, to others: whether they see it as a close friend. Which circles, and who else is in them, they don't learn. */
  for_close_friends?: boolean;
  caption: string;
  location: { id: string; name: string; latitude: number | null; longitude: number | null } | null;
  hashtags: string[];
  /** Named people who let the author name them; other names stay text. */
  mentions: string[];
  image_url: string;
  thumbnail_url: string;
  medium_url: string;
  media: MediaView[];
  /** null when the author hides it, or the viewer wants no such numbers, and the viewer is not the author. */
  like_count: number | null;
  comment_count: number;
  /** People who passed it on: by its link, its code, another app, or a repost. */
  share_count: number;
  repost_count: number;
  /** Emoji beside the hearts, most first. */
  reactions: ReactionView[];
  /** The author's own eyes only. */
  save_count?: number;
  /** Put away from everybody else; the author's own eyes only. */
  is_archived?: boolean;
  view_count: number;
  /** Stands at the top of its author's profile. */
  is_pinned: boolean;
  is_liked: boolean;
  is_saved: boolean;
  is_reposted: boolean;
  /** The viewer may show it to their followers. */
  can_repost: boolean;
  /** Everybody may see it, and it may appear on other sites. */
  can_embed: boolean;
  is_edited: boolean;
  comments_enabled: boolean;
  like_count_hidden: boolean;
  /** Marked by its author. */
  is_sensitive: boolean;
  /** Why the viewer wants to be asked before it is shown, or null. */
  cover: "sensitive" | "word" | null;
  reposts_enabled: boolean;
  /** Why it stands in this list, when somebody reposted it. */
  repost?: RepostView;
  created_at: string;
  updated_at: string;
};

export type PostCircle = { id: string; name: string; is_close_friends: boolean };
/** What a post was before it was changed. */
export type PostVersionView = {
  id: string;
  /** Empty while it is covered. */
  caption: string;
  /** In its order; null where a photo is not kept any more. None while it is covered. */
  media: (MediaView | null)[];
  /** Why it is covered until the viewer asks for it: as the post, or for a word in its own caption. */
  cover: PostView["cover"];
  /** What of it was changed then. */
  changed: ("caption" | "order" | "photos")[];
  /** Until when it was so. */
  until: string;
};

/** A deleted post among its author's own; `purged_at` is when it goes for good. */
export type DeletedPostView = { post: PostView; deleted_at: string; purged_at: string };

/** A post begun, kept on the server. `files` stand beside `content.media`. */
export type DraftView = {
  id: string;
  revision: number;
  content: DraftContent;
  files: { media_id: string; type: "image" | "video"; content_type: string; bytes: number; /** Still free to be posted. */ is_there: boolean }[];
  updated_at: string;
  created_at: string;
};

/** Somebody who made a post together with its author; `is_invited`: has not answered yet, to be seen by the two alone. */
export type CollaboratorView = UserSummary & { is_invited?: true };

/** An emoji on a post. `count` is null when the author keeps likes to themselves, or the viewer wants no such numbers, and the viewer is not the author. */
export type ReactionView = { emoji: string; count: number | null; mine: boolean };

/** A post shown by somebody to their followers. Its id is its place in lists. A note with a word that the viewer hides is left out. */
export type RepostView = { id: string; user: UserSummary; note: string; created_at: string };

/** Where posts were taken, as their authors named it. */
export type PlaceView = NonNullable<PostView["location"]>;

/** A hashtag with the number of public posts that bear it. */
export type TagView = { id: string; name: string; post_count: number };
