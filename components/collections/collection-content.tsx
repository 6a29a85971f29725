import Link from "next/link";
import { GRID_PART } from "@/components/posts/grid-posts";
import { PostGrid } from "@/components/posts/post-grid";
import { EmptyState } from "@/components/ui/empty-state";
import { ArrowLeftIcon, BookmarkIcon } from "@/components/ui/icons";
import { LinkButton } from "@/components/ui/link-button";
import { listCollectionPosts } from "@/lib/interactions/collection-queries";
import type { CollectionView } from "@/lib/interactions/types";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { moreCollectionPosts } from "./actions";
import { postsIn } from "./collection-grid";
import { CollectionMenu } from "./collection-menu";

export async function CollectionContent({ viewer, collection }: { viewer: Viewer; collection: CollectionView }) {
  const { id, name, owner, role, member_count, post_count } = collection;
  const slice = await listCollectionPosts(viewer, id, { limit: GRID_PART, cursor: null });
  const people = member_count === 0 ? "Only you see it" : `Shared with ${member_count} ${member_count === 1 ? "person" : "people"}`;
  return (
    <div className="mx-auto w-full max-w-page pt-3 pb-16 md:px-6 md:pt-8">
      <header className="mb-5 flex items-center gap-1 px-1.5 md:-ml-2.5 md:px-0">
        <Link href="/saved" prefetch={false} aria-label="Back to what you saved" title="Back" className="flex size-11 shrink-0 items-center justify-center rounded-full hover:bg-sunken"><ArrowLeftIcon /></Link>
        <div className="min-w-0 flex-1">
          <h1 dir="auto" className="line-clamp-2 text-xl break-words md:text-2xl">{name}</h1>
          <p className="text-sm text-muted">{postsIn(post_count)} · {role === "owner" ? people : `By ${owner.username}`}</p>
        </div>
        <CollectionMenu collection={{ id, name, role, post_count }} selfId={viewer.id} />
      </header>
      {slice.items.length > 0 ? <PostGrid name={`collection:${id}`} slice={slice} more={moreCollectionPosts} args={{ collection_id: id }} /> : (
        <EmptyState icon={<BookmarkIcon />} title="Nothing in it yet" action={<LinkButton href="/explore" prefetch={false}>Explore</LinkButton>}>
          Hold the bookmark below a post, or choose “Save to a collection” in its menu.
        </EmptyState>
      )}
    </div>
  );
}
