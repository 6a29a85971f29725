import { moreReposts } from "@/components/collections/actions";
import { GRID_PART } from "@/components/posts/grid-posts";
import { PostGrid } from "@/components/posts/post-grid";
import { EmptyState } from "@/components/ui/empty-state";
import { RepostIcon } from "@/components/ui/icons";
import { listReposts } from "@/lib/interactions/repost-queries";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { UserView } from "@/lib/profiles/types";

/** Posts of others that somebody showed to their followers, for those who may see both. */
export async function ProfileReposts({ viewer, user }: { viewer: Viewer | null; user: UserView }) {
  const slice = await listReposts(viewer, user.id, { limit: GRID_PART, cursor: null });
  if (slice.items.length > 0) return <PostGrid name={`reposts:${user.id}`} slice={slice} more={moreReposts} args={{ user_id: user.id }} />;
  return (
    <EmptyState icon={<RepostIcon />} title="No reposts yet">
      {user.viewer?.is_self ? "Press Share below a post to show it to your followers. It then stands here, too." : `When ${user.username} reposts somebody’s post, it appears here.`}
    </EmptyState>
  );
}
