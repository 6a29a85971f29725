import { PostCard } from "@/components/posts/post-card";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { PostView } from "@/lib/posts/types";

/** Posts of the home feed, all by oneself or people one follows. */
export function FeedPosts({ posts, viewer, first }: { posts: PostView[]; viewer: Viewer; first?: boolean }) {
  return posts.map((post, i) => <PostCard key={post.id} post={post} viewer={viewer} priority={first && i === 0} following={post.user_id !== viewer.id} />);
}
