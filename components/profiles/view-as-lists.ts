import { listOwnRepostsAs } from "@/lib/interactions/repost-queries";
import { listOwnPostsAs } from "@/lib/posts/queries";
import { listOwnTaggedAs } from "@/lib/posts/tagged";

/** What there is to look at on one's own profile as somebody else has it, newest first. What is pinned stands before its posts. */
export const LISTS_AS = {
  posts: ((viewer, as, page) => listOwnPostsAs(viewer, as, { ...page, unpinned: true })) satisfies typeof listOwnPostsAs,
  reposts: listOwnRepostsAs,
  tagged: listOwnTaggedAs,
};

export type TabAs = keyof typeof LISTS_AS;
