import { Page } from "@/components/ui/page";
import { findNewest } from "@/lib/feed/caught-up";
import type { FeedChoice } from "@/lib/feed/types";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { moreFavourites, moreFollowing, moreForYou } from "./actions";
import { EmptyFeed, NoFavourites } from "./empty-feed";
import { Endless } from "./endless";
import { FeedEnd } from "./feed-end";
import { NewPosts } from "./new-posts";
import { favouritesPart, firstOfFollowing, forYouPart } from "./parts";

/** Small, so that the page is soon complete; the rest follows while one looks. */
const FIRST_PART = 6;

/** The feed in one of its orders. */
export const homeFeed = (viewer: Viewer, order: FeedChoice) => (order === "favourites" ? favourites(viewer) : order === "for_you" ? forYou(viewer) : following(viewer));

async function following(viewer: Viewer) {
  const { nodes, next, line, newest } = await firstOfFollowing(viewer, FIRST_PART);
  if (newest === null) return <EmptyFeed viewer={viewer} />;
  return (
    <>
      <NewPosts since={newest} />
      <Endless name="following" next={next} more={moreFollowing} args={{ line }} as="div" end={<FeedEnd />}>{nodes}</Endless>
    </>
  );
}

async function forYou(viewer: Viewer) {
  const [newest, { nodes, next, isEmpty }] = await Promise.all([findNewest(viewer), forYouPart(viewer, null, FIRST_PART)]);
  if (isEmpty) return <EmptyFeed viewer={viewer} />;
  return (
    <>
      <NewPosts since={newest} />
      <Endless name="for-you" next={next} more={moreForYou} args={{}} as="div" end={<FeedEnd />}>{nodes}</Endless>
    </>
  );
}

async function favourites(viewer: Viewer) {
  const { nodes, next, isEmpty } = await favouritesPart(viewer, null, FIRST_PART);
  if (isEmpty) return <NoFavourites />;
  return <Endless name="favourites" next={next} more={moreFavourites} args={{}} as="div" end={<FeedEnd />}>{nodes}</Endless>;
}

export function HomeFrame({ children }: { children: React.ReactNode }) {
  return <Page title="Home" hideTitle className="pt-0 md:pt-6">{children}</Page>;
}
