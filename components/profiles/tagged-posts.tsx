import { moreTagged } from "@/components/posts/actions";
import { GRID_PART } from "@/components/posts/grid-posts";
import { PostGrid } from "@/components/posts/post-grid";
import { EmptyState } from "@/components/ui/empty-state";
import { TagPersonIcon } from "@/components/ui/icons";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { listTagged } from "@/lib/posts/tagged";
import type { UserView } from "@/lib/profiles/types";

/** Posts on which somebody stands, as far as the viewer may see them. */
export async function TaggedPosts({ viewer, user }: { viewer: Viewer | null; user: UserView }) {
  const slice = await listTagged(viewer, user.id, { limit: GRID_PART, cursor: null });
  if (slice.items.length > 0) return <PostGrid name={`tagged:${user.id}`} slice={slice} more={moreTagged} args={{ user_id: user.id }} />;
  if (user.viewer?.is_self) return <EmptyState icon={<TagPersonIcon />} title="No photos of you yet">When people tag you in their photos, they appear here. Take yourself off any of them from its menu.</EmptyState>;
  return <EmptyState icon={<TagPersonIcon />} title="No tagged photos">Photos on which {user.username} is tagged appear here.</EmptyState>;
}
