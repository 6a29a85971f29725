import type { PostView } from "@/lib/posts/types";

/** Of the video that is made now; those after it have not begun. */
export function progressOf({ media }: Pick<PostView, "media">): number | undefined {
  return media.find((item) => item.state === "processing" && item.progress !== undefined)?.progress;
}
