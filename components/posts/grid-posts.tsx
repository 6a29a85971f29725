import type { PostView } from "@/lib/posts/types";
import { PostTile } from "./post-tile";

/** Posts per part of a grid: whole rows of three. */
export const GRID_PART = 24;

const WIDTH = "(min-width: 60rem) 300px, 33vw";

export function GridPosts({ posts, first, pinned }: { posts: PostView[]; first?: boolean; pinned?: boolean }) {
  return posts.map((post, i) => <PostTile key={post.id} post={post} width={WIDTH} priority={first && i < 3} pinned={pinned} />);
}
