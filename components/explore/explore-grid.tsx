import { Endless } from "@/components/feed/endless";
import { moreExplorePosts } from "@/components/posts/actions";
import { EmptyState } from "@/components/ui/empty-state";
import { ExploreIcon } from "@/components/ui/icons";
import { LinkButton } from "@/components/ui/link-button";
import { listExplore } from "@/lib/explore/queries";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { ExplorePosts } from "./explore-posts";
import { EXPLORE_PART } from "./mosaic";

export async function ExploreGrid({ viewer }: { viewer: Viewer | null }) {
  const { items, nextCursor } = await listExplore(viewer, { limit: EXPLORE_PART, cursor: null });
  if (items.length === 0) {
    return (
      <EmptyState icon={<ExploreIcon />} title="Nothing to explore yet" action={viewer ? <LinkButton href="/create" variant="primary">Share a photo</LinkButton> : undefined}>
        Photos from people you do not follow yet appear here.
      </EmptyState>
    );
  }
  return (
    <Endless name="explore" next={nextCursor} more={moreExplorePosts} args={{}} className="grid grid-flow-dense grid-cols-3 gap-0.5 md:gap-1">
      <ExplorePosts posts={items} first />
    </Endless>
  );
}
