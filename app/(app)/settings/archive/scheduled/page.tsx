import type { Metadata } from "next";
import { ArchivePage } from "@/components/posts/archive-page";
import { ScheduledPosts } from "@/components/scheduling/scheduled-posts";
import { EmptyState } from "@/components/ui/empty-state";
import { CalendarIcon } from "@/components/ui/icons";
import { LinkButton } from "@/components/ui/link-button";
import { unauthenticated } from "@/lib/platform/errors";
import { getViewer } from "@/lib/platform/viewer/viewer";
import { listScheduled } from "@/lib/posts/scheduled";

export const metadata: Metadata = { title: "Scheduled" };

export default async function ScheduledPostsPage() {
  const viewer = await getViewer();
  if (!viewer) throw unauthenticated();
  const posts = await listScheduled(viewer);
  return (
    <ArchivePage current="scheduled" title="Scheduled" intro="Only you see these until they appear by themselves.">
      {posts.length === 0 ? (
        <EmptyState icon={<CalendarIcon />} title="Nothing is scheduled" action={<LinkButton href="/create" prefetch={false}>New post</LinkButton>}>Choose a time under “When” before you share a post.</EmptyState>
      ) : (
        <ScheduledPosts
          posts={posts.map(({ id, shortcode, caption, media, scheduled_for }) => ({ id, shortcode, caption, at: scheduled_for ?? null, url: media[0]?.urls["150"] ?? "", alt: media[0]?.alt ?? "", isReady: media[0]?.state === "ready" }))}
        />
      )}
    </ArchivePage>
  );
}
