import { SuggestedPeople } from "@/components/explore/suggested-people";
import { EmptyState } from "@/components/ui/empty-state";
import { ImageIcon } from "@/components/ui/icons";
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
