import { PostTile } from "@/components/posts/post-tile";
import type { PostView } from "@/lib/posts/types";
import { largeAt } from "./mosaic";

const cells = { right: "col-span-2 row-span-2 col-start-2", left: "col-span-2 row-span-2 col-start-1" };

/** Posts as a mosaic: mostly small squares, now and then a large one. */
export function ExplorePosts({ posts, first }: { posts: PostView[]; first?: boolean }) {
  return posts.map((post, i) => {
    // A large post near the end would leave holes beside it.
    const large = i + 4 < posts.length ? largeAt(i) : null;
    return <PostTile key={post.id} post={post} width={large ? "(min-width: 60rem) 604px, 66vw" : "(min-width: 60rem) 300px, 33vw"} priority={first && i < 3} className={large ? cells[large] : undefined} />;
  });
}
