import type { Metadata } from "next";
import { ArchivePage } from "@/components/posts/archive-page";
import { DeletedPosts } from "@/components/posts/deleted-posts";
import { unauthenticated } from "@/lib/platform/errors";
import { getViewer } from "@/lib/platform/viewer/viewer";
import { listDeleted } from "@/lib/posts/restore";

export const metadata: Metadata = { title: "Recently deleted" };

/** In thirty days nobody deletes more than a few pages; the API has the rest. */
const ALL = { limit: 100, cursor: null };

export default async function DeletedPostsPage() {
  const viewer = await getViewer();
  if (!viewer) throw unauthenticated();
  return (
    <ArchivePage current="deleted" title="Recently deleted" intro="Kept for 30 days and seen by you alone. Restored, a post is as it was, with its likes and comments.">
      <DeletedPosts deleted={(await listDeleted(viewer, ALL)).items} />
    </ArchivePage>
  );
}
