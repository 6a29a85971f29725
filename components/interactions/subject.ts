import type { PostView, ReactionView } from "@/lib/posts/types";

/** What the buttons under a post need to know of it. Small, because it travels to the browser with every card. */
export type Subject = {
  id: string;
  shortcode: string;
  url: string;
  liked: boolean;
  likes: number | null;
  saved: boolean;
  reactions: ReactionView[];
  reposted: boolean;
  canRepost: boolean;
  canEmbed: boolean;
  /** Whether somebody is signed in; without, the buttons lead to the log-in. */
  signedIn: boolean;
  /** When the server rendered this, ms. */
  at: number;
};

export function subjectOf(post: PostView, signedIn: boolean): Subject {
  return {
    id: post.id, shortcode: post.shortcode, url: post.url, liked: post.is_liked, likes: post.like_count, saved: post.is_saved,
    reactions: post.reactions, reposted: post.is_reposted, canRepost: post.can_repost, canEmbed: post.can_embed,
    signedIn, at: Date.now(),
  };
}
