import { EmptyState } from "@/components/ui/empty-state";
import { BookmarkIcon } from "@/components/ui/icons";
import { LinkButton } from "@/components/ui/link-button";
import { listSaved } from "@/lib/interactions/queries";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { moreSavedPosts } from "./actions";
import { GRID_PART } from "./grid-posts";
import { PostGrid } from "./post-grid";

export async function SavedGrid({ viewer }: { viewer: Viewer }) {
  const slice = await listSaved(viewer, { limit: GRID_PART, cursor: null });
  if (slice.items.length === 0) {
    return (
      <EmptyState icon={<BookmarkIcon />} title="Nothing saved yet" action={<LinkButton href="/explore" prefetch={false}>Explore</LinkButton>}>
        Save a photo with the bookmark below it, and find it here again. Only you can see what you save.
      </EmptyState>
    );
  }
  return <PostGrid name="saved" slice={slice} more={moreSavedPosts} args={{}} />;
}
