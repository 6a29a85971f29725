import { cn } from "@/components/ui/cn";
import { ImagesIcon, PlayIcon } from "@/components/ui/icons";
import type { PostView } from "@/lib/posts/types";

/** In the corner of a square: that it moves, or that there is more than one picture. `onPaper`: nothing lies beneath. */
export function TileMarks({ post, onPaper = false }: { post: PostView; onPaper?: boolean }) {
  const mark = cn("absolute top-2 right-2 size-5", onPaper ? "text-muted" : "text-white drop-shadow-[0_1px_3px_rgb(0_0_0/0.7)]");
  return (
    <>
      {post.content_type === "video" ? (
        <>
          <PlayIcon className={cn(mark, "fill-current")} />
          <span className="sr-only">, video</span>
        </>
      ) : null}
      {post.media.length > 1 ? (
        <>
          <ImagesIcon className={mark} />
          <span className="sr-only">{`, ${post.media.length} photos`}</span>
        </>
      ) : null}
    </>
  );
}
