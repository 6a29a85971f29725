import type { Part } from "@/components/feed/kept-lists";
import { EmptyState } from "@/components/ui/empty-state";
import { ImagesIcon } from "@/components/ui/icons";
import { SegmentedLinks } from "@/components/ui/segmented";
import type { ActionResult } from "@/lib/platform/http/action";
import type { Page, Slice } from "@/lib/platform/pagination/pagination";
import type { PostView } from "@/lib/posts/types";
import { GRID_PART } from "./grid-posts";
import { PostGrid } from "./post-grid";

export type Sort = "recent" | "top";

export async function sortOf(searchParams: Promise<{ sort?: string | string[] }>): Promise<Sort> {
  return (await searchParams).sort === "recent" ? "recent" : "top";
}

type Props<A> = {
  name: string;
  path: string;
  sort: Sort;
  list: (page: Page) => Promise<Slice<PostView>>;
  more: (input: A & { cursor: string }) => Promise<ActionResult<Part>>;
  args: A;
};

/** A grid in two orders that the reader chooses between. */
export async function SortedGrid<A extends object>({ name, path, sort, list, more, args }: Props<A>) {
  const slice = await list({ limit: GRID_PART, cursor: null });
  if (slice.items.length === 0) return <EmptyState icon={<ImagesIcon />} title="No posts here yet">Photos that are shared with you appear here.</EmptyState>;
  return (
    <>
      <div className="px-4 pb-4 md:px-0">
        <SegmentedLinks
          label="Order"
          items={[
            { href: path, text: "Top", current: sort === "top" },
            { href: `${path}?sort=recent`, text: "Recent", current: sort === "recent" },
          ]}
        />
      </div>
      <PostGrid name={`${name}:${sort}`} slice={slice} more={more} args={args} />
    </>
  );
}
