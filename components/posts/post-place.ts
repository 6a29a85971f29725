import type { ReasonView } from "@/lib/feed/types";

/** Where a post's card stands in the home feed, and why there: null in "Following", where time alone decides. */
export type PostPlace = { reason: ReasonView | null; /** By somebody whom the viewer does not follow. */ isSuggested: boolean };
