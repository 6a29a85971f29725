import type { Metadata } from "next";
import { Suspense } from "react";
import { FeedSkeleton } from "@/components/feed/feed-skeleton";
import { HomeFeed, HomeFrame } from "@/components/feed/home-feed";
import { Landing } from "@/components/shell/landing";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: { absolute: "Heliograph" } };

/** The home feed, newest first; for visitors what this place is. */
export default async function HomePage() {
  const viewer = await getViewer();
  if (!viewer) return <Landing />;
  return (
    <HomeFrame>
      <Suspense fallback={<FeedSkeleton />}>
        <HomeFeed viewer={viewer} />
      </Suspense>
    </HomeFrame>
  );
}
