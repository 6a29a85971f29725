import type { MediaView } from "@/lib/media/types";
import type { UserSummary } from "@/lib/profiles/types";

/** A post as the API and the pages show it (API.md, Shapes), already judged for one viewer. */
export type PostView = {
  id: string;
  shortcode: string;
  /** Absolute address of its page. */
  url: string;
  user_id: string;
  user: UserSummary;
  status: "processing" | "published" | "failed" | "held";
  /** Why it failed, in words; the author's own eyes only. */
  problem?: string;
  content_type: "photo" | "video" | "carousel";
  audience: "everyone" | "followers" | "circles";
  caption: string;
  location: { id: string; name: string; latitude: number | null; longitude: number | null } | null;
  hashtags: string[];
  mentions: string[];
  image_url: string;
  thumbnail_url: string;
  medium_url: string;
  media: MediaView[];
  /** null when the author hides it and the viewer is not the author. */
  like_count: number | null;
  comment_count: number;
  share_count: number;
  /** The author's own eyes only. */
  save_count?: number;
  /** Put away from everybody else; the author's own eyes only. */
  is_archived?: boolean;
  view_count: number;
  is_liked: boolean;
  is_saved: boolean;
  is_edited: boolean;
  comments_enabled: boolean;
  like_count_hidden: boolean;
  created_at: string;
  updated_at: string;
};

/** Where posts were taken, as their authors named it. */
export type PlaceView = NonNullable<PostView["location"]>;

/** A hashtag with the number of public posts that bear it. */
export type TagView = { id: string; name: string; post_count: number };
