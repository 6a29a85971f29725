import { moreProfilePosts } from "@/components/posts/actions";
import { GRID_PART } from "@/components/posts/grid-posts";
import { PostGrid } from "@/components/posts/post-grid";
import { EmptyState } from "@/components/ui/empty-state";
import { CameraIcon, LockIcon } from "@/components/ui/icons";
import { LinkButton } from "@/components/ui/link-button";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { listPinned } from "@/lib/posts/pins";
import { listPostsOf } from "@/lib/posts/queries";
import type { UserView } from "@/lib/profiles/types";

/** Somebody's photos, for those who may see them. */
export async function ProfilePosts({ viewer, user }: { viewer: Viewer | null; user: UserView }) {
  const [pinned, slice] = await Promise.all([listPinned(viewer, user.id), listPostsOf(viewer, user.id, { limit: GRID_PART, cursor: null, unpinned: true })]);
  if (pinned.length + slice.items.length > 0) return <PostGrid name={`profile:${user.id}`} slice={slice} more={moreProfilePosts} args={{ user_id: user.id }} pinned={pinned} />;
  if (user.viewer?.is_self) {
    return (
      <EmptyState icon={<CameraIcon />} title="Share your first photo" action={<LinkButton href="/create" variant="primary">New post</LinkButton>}>
        What you post appears here.
      </EmptyState>
    );
  }
  return <EmptyState icon={<CameraIcon />} title="No posts yet">When {user.username} shares photos, they appear here.</EmptyState>;
}

/** Instead of the photos of a private account that the viewer does not follow. */
export function ProfileLocked({ user }: { user: UserView }) {
  return (
    <EmptyState icon={<LockIcon />} title="This account is private">
      {user.viewer?.requested ? "Your request is waiting for an answer." : `Follow ${user.username} to see their photos.`}
    </EmptyState>
  );
}
