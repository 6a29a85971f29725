import { Endless } from "@/components/feed/endless";
import type { Part } from "@/components/feed/kept-lists";
import type { ActionResult } from "@/lib/platform/http/action";
import type { Slice } from "@/lib/platform/pagination/pagination";
import type { PostView } from "@/lib/posts/types";
import { GridPosts } from "./grid-posts";

type Props<A> = { name: string; slice: Slice<PostView>; more: (input: A & { cursor: string }) => Promise<ActionResult<Part>>; args: A; /** Before all others. */ pinned?: PostView[] };

/** Three columns of squares without end. */
export function PostGrid<A extends object>({ name, slice, more, args, pinned = [] }: Props<A>) {
  return (
    <Endless name={name} next={slice.nextCursor} more={more} args={args} className="grid grid-cols-3 gap-0.5 md:gap-1">
      <GridPosts posts={pinned} first pinned />
      <GridPosts posts={slice.items} first={pinned.length === 0} />
    </Endless>
  );
}
