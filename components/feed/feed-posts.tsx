import { Fragment } from "react";
import { PostCard } from "@/components/posts/post-card";
import { placeOf } from "@/lib/feed/queries";
import type { RankedPost } from "@/lib/feed/types";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { PostView } from "@/lib/posts/types";
import { CaughtUp } from "./caught-up";

type Props = {
  posts: PostView[];
  viewer: Viewer;
  /** The beginning of the page. */
  first?: boolean;
  /** The line stands before the first post that is not newer than this; null: nowhere among these. */
  line: string | null;
};

/** Posts of "Following", by oneself or people one follows, or reposted by these. */
export function FeedPosts({ posts, viewer, first, line }: Props) {
  const at = line === null ? -1 : posts.findIndex((post) => BigInt(placeOf(post)) <= BigInt(line));
  return posts.map((post, i) => (
    <Fragment key={post.id}>
      {i === at ? <CaughtUp isEnd={false} /> : null}
      <PostCard post={post} viewer={viewer} priority={first && i === 0} following={post.user_id !== viewer.id && !post.repost} place={{ reason: null, isSuggested: false }} />
    </Fragment>
  ));
}

/** Posts where a ranker put them; those of people one does not follow say so. */
export function RankedPosts({ posts, viewer, first }: { posts: RankedPost[]; viewer: Viewer; first?: boolean }) {
  return posts.map(({ post, reason }, i) => {
    const isFollowed = reason.source === "followed";
    return <PostCard key={post.id} post={post} viewer={viewer} priority={first && i === 0} following={isFollowed} place={{ reason, isSuggested: !isFollowed && reason.source !== "own" }} />;
  });
}
