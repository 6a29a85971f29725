import { Page } from "@/components/ui/page";
import { getHomeFeed } from "@/lib/feed/queries";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { moreHomePosts } from "./actions";
import { CaughtUp } from "./caught-up";
import { EmptyFeed } from "./empty-feed";
import { Endless } from "./endless";
import { FeedPosts } from "./feed-posts";
import { NewPosts } from "./new-posts";

/** Small, so that the page is soon complete; the rest follows while one looks. */
const FIRST_PART = 6;

export async function HomeFeed({ viewer }: { viewer: Viewer }) {
  const { items, nextCursor } = await getHomeFeed(viewer, { limit: FIRST_PART, cursor: null });
  if (items.length === 0) return <EmptyFeed viewer={viewer} />;
  return (
    <>
      <NewPosts since={items[0]!.id} />
      <Endless name="home" next={nextCursor} more={moreHomePosts} args={{}} as="div" end={<CaughtUp />}>
        <FeedPosts posts={items} viewer={viewer} first />
      </Endless>
    </>
  );
}

export function HomeFrame({ children }: { children: React.ReactNode }) {
  return <Page title="Home" hideTitle className="pt-0 md:pt-6">{children}</Page>;
}
