import { SuggestedPeople } from "@/components/explore/suggested-people";
import { EmptyState } from "@/components/ui/empty-state";
import { ImageIcon, StarIcon } from "@/components/ui/icons";
import { LinkButton } from "@/components/ui/link-button";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { NewPosts } from "./new-posts";

/** A feed without a post yet: whom to follow, where to look around, what to share. */
export function EmptyFeed({ viewer }: { viewer: Viewer }) {
  return (
    <>
      <NewPosts since="0" every={6_000} />
      <EmptyState
        icon={<ImageIcon />}
        title="Your feed begins here"
        className="pb-8"
        action={
          <>
            <LinkButton href="/create" variant="primary">Share your first photo</LinkButton>
            <LinkButton href="/explore" prefetch={false}>Explore</LinkButton>
          </>
        }
      >
        Photos of the people you follow appear here, newest first.
      </EmptyState>
      <SuggestedPeople viewer={viewer} count={8} className="border-t" />
    </>
  );
}

/** Favourites without a post: nobody chosen yet, or nobody who has posted. */
export function NoFavourites() {
  return (
    <EmptyState icon={<StarIcon />} title="Nothing by favourites yet" action={<LinkButton href="/settings/circles" prefetch={false}>Your favourites</LinkButton>}>
      Make people you follow favourites by the menu of their profile. Nobody is told. What they post then has a place of its own.
    </EmptyState>
  );
}
