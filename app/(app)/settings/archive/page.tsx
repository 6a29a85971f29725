import type { Metadata } from "next";
import { moreArchived } from "@/components/posts/actions";
import { ArchivePage } from "@/components/posts/archive-page";
import { GRID_PART } from "@/components/posts/grid-posts";
import { PostGrid } from "@/components/posts/post-grid";
import { EmptyState } from "@/components/ui/empty-state";
import { ArchiveIcon } from "@/components/ui/icons";
import { unauthenticated } from "@/lib/platform/errors";
import { getViewer } from "@/lib/platform/viewer/viewer";
import { listArchived } from "@/lib/posts/restore";

export const metadata: Metadata = { title: "Archive" };

export default async function ArchivedPostsPage() {
  const viewer = await getViewer();
  if (!viewer) throw unauthenticated();
  const slice = await listArchived(viewer, { limit: GRID_PART, cursor: null });
  return (
    <ArchivePage current="archive" title="Archive" intro="Only you see these. Their likes and comments are kept; show one on your profile again from its menu.">
      {slice.items.length === 0 ? <EmptyState icon={<ArchiveIcon />} title="Nothing archived">Archive a post from its menu to take it off your profile without losing it.</EmptyState> : <PostGrid name="archive" slice={slice} more={moreArchived} args={{}} />}
    </ArchivePage>
  );
}
