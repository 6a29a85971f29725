// <PostTile post={post} sizes="33vw" />   A square of a grid; opens the post over the page.
import { servedAt } from "@/components/interactions/served-at";
import { ratioOf } from "@/components/media/frame";
import { Picture } from "@/components/media/picture";
import { AppLink } from "@/components/ui/app-link";
import { cn } from "@/components/ui/cn";
import { compactCount } from "@/components/ui/count";
import { CommentIcon, HeartIcon } from "@/components/ui/icons";
import type { PostView } from "@/lib/posts/types";
import { CoveredTile } from "./covered";
import { PinnedMark } from "./pinned-mark";
import { PostShell } from "./post-shell";
import { TileMarks } from "./tile-marks";
import { WaitingTile } from "./waiting-tile";

type Props = { post: PostView; /** Width of the tile, as CSS. */ width: string; priority?: boolean; /** Where it says that its author pinned it. */ pinned?: boolean; className?: string };

export function PostTile({ post, width, priority, pinned, className }: Props) {
  const cover = post.media[0];
  const ready = post.status === "published" && cover;
  return (
    <PostShell as="li" postId={post.id} authorId={post.user_id} at={servedAt()} className={cn("relative aspect-square overflow-hidden bg-sunken", className)}>
      <AppLink href={`/p/${post.shortcode}`} keepsPlace className="group/tile absolute inset-0 block ring-on-photo">
        {ready ? <CoveredTile post={post}><Picture media={cover} tile priority={priority} sizes={sizesOf(cover, width)} alt={cover.alt || `Post by ${post.user.username}`} /></CoveredTile> : <WaitingTile id={post.id} status={post.status} />}
        {pinned ? <PinnedMark /> : null}
        <TileMarks post={post} onPaper={!ready} />
        {ready ? <Counts post={post} /> : null}
      </AppLink>
    </PostShell>
  );
}

/** A wide picture must be fetched wider than its square, since its sides are cut off. */
function sizesOf(cover: PostView["media"][number], width: string): string {
  const stretch = Math.min(2, Math.max(1, ratioOf(cover)));
  return width.split(",").map((part) => part.trim().replace(/(\S+)$/, (value) => (stretch === 1 ? value : `calc(${value} * ${stretch.toFixed(2)})`))).join(", ");
}

function Counts({ post }: { post: PostView }) {
  return (
    <span className="tabular absolute inset-0 flex items-center justify-center gap-5 bg-scrim font-semibold text-white opacity-0 transition-opacity group-focus-visible/tile:opacity-100 pointer-fine:group-hover/tile:opacity-100">
      {post.like_count === null ? null : <span className="flex items-center gap-1.5"><HeartIcon className="size-5 fill-current" />{compactCount(post.like_count)}<span className="sr-only"> likes</span></span>}
      <span className="flex items-center gap-1.5"><CommentIcon className="size-5 fill-current" />{compactCount(post.comment_count)}<span className="sr-only"> comments</span></span>
    </span>
  );
}
