import { Picture } from "@/components/media/picture";
import { CoveredTile } from "@/components/posts/covered";
import { PinnedMark } from "@/components/posts/pinned-mark";
import { TileMarks } from "@/components/posts/tile-marks";
import type { PostView } from "@/lib/posts/types";

/** Squares of a grid that do not open. */
export function ShownPosts({ posts, pinned }: { posts: PostView[]; pinned?: boolean }) {
  return posts.map((post) => (
    <li key={post.id} data-item={post.id} className="relative aspect-square overflow-hidden bg-sunken">
      {post.media[0] ? (
        <CoveredTile post={post}><Picture media={post.media[0]} tile sizes="(min-width: 60rem) 300px, 33vw" alt={post.media[0].alt || `Post by ${post.user.username}`} /></CoveredTile>
      ) : null}
      {pinned ? <PinnedMark /> : null}
      {post.media[0] ? <TileMarks post={post} /> : null}
    </li>
  ));
}
