import { AppLink } from "@/components/ui/app-link";
import { compactCount } from "@/components/ui/count";
import { UsersIcon } from "@/components/ui/icons";
import type { CollectionView } from "@/lib/interactions/types";
import { CollectionCover } from "./collection-cover";

/** From here on it is not counted. */
const COUNTED = 100;

/** "12 posts", "100+ posts". */
export const postsIn = (count: number): string => (count >= COUNTED ? `${COUNTED}+ posts` : `${compactCount(count)} ${count === 1 ? "post" : "posts"}`);

/** Collections by their covers. */
export function CollectionGrid({ collections }: { collections: CollectionView[] }) {
  return (
    <ul className="grid grid-cols-2 gap-x-3 gap-y-5 px-4 sm:grid-cols-3 md:grid-cols-4 md:gap-x-4 md:px-0">
      {collections.map((collection) => (
        <li key={collection.id}>
          <AppLink href={`/saved/${collection.id}`} className="group block rounded-lg">
            <CollectionCover cover={collection.cover} className="w-full rounded-lg border transition-opacity group-hover:opacity-90" />
            <bdi className="mt-2 block truncate text-ui font-semibold">{collection.name}</bdi>
            <span className="flex min-w-0 items-center gap-1.5 text-sm text-muted">
              {collection.role === "member" || collection.member_count > 0 ? <><UsersIcon className="size-4 shrink-0" /><span className="sr-only">Shared, </span></> : null}
              <span className="truncate">{collection.role === "member" ? `By ${collection.owner.username} · ${postsIn(collection.post_count)}` : postsIn(collection.post_count)}</span>
            </span>
          </AppLink>
        </li>
      ))}
    </ul>
  );
}
