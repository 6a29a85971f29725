import { PersonRow } from "@/components/graph/person-row";
import { EmptyState } from "@/components/ui/empty-state";
import { ImageIcon } from "@/components/ui/icons";
import { LinkButton } from "@/components/ui/link-button";
import { listSuggestedPeople } from "@/lib/explore/suggestions";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { NewPosts } from "./new-posts";

/** A feed without a post yet: whom to follow, where to look around, what to share. */
export async function EmptyFeed({ viewer }: { viewer: Viewer }) {
  const people = await listSuggestedPeople(viewer, 8);
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
      {people.length > 0 ? (
        <section aria-labelledby="suggested" className="border-t px-4 pt-6 md:px-0">
          <h2 id="suggested" className="mb-2 text-lg">People you could follow</h2>
          <ul>
            {people.map((person) => <PersonRow key={person.id} user={person} />)}
          </ul>
        </section>
      ) : null}
    </>
  );
}
