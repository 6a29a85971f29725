import { SavedGrid } from "@/components/posts/saved-grid";
import { listCollections, listInvitations } from "@/lib/interactions/collection-queries";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { CollectionGrid } from "./collection-grid";
import { Invitation } from "./invitation";
import { NewCollection } from "./new-collection";

const ALL = { limit: 100, cursor: null };

/** What one saved: collections by their covers, and all of it below. */
export async function SavedHome({ viewer }: { viewer: Viewer }) {
  const [collections, invitations] = await Promise.all([listCollections(viewer, ALL), listInvitations(viewer, ALL)]);
  return (
    <>
      {invitations.items.length > 0 ? (
        <section aria-label="Invitations" className="mb-8 px-4 md:px-0">
          <ul className="flex flex-col gap-3">{invitations.items.map((collection) => <Invitation key={collection.id} collection={collection} selfId={viewer.id} />)}</ul>
        </section>
      ) : null}
      <section aria-labelledby="collections" className="mb-10">
        <header className="mb-3 flex min-h-11 items-center justify-between gap-4 px-4 md:px-0">
          <h2 id="collections" className="text-xl">Collections</h2>
          <NewCollection />
        </header>
        {collections.items.length > 0 ? <CollectionGrid collections={collections.items} /> : <p className="px-4 text-ui text-muted md:px-0">Hold the bookmark below a post to put it into a collection, for yourself or shared with people.</p>}
      </section>
      <section aria-labelledby="all-saved">
        <h2 id="all-saved" className="mb-3 px-4 text-xl md:px-0">All saved posts</h2>
        <SavedGrid viewer={viewer} />
      </section>
    </>
  );
}
