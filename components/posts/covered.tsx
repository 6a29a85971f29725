// Puts a cover over what the viewer wants to be asked about first. While it is there nothing of the picture is fetched: behind it lies its
// placeholder, which came with the page.
import type { ReactNode } from "react";
import { placeholderColour, placeholderPicture } from "@/components/media/placeholder";
import type { PostView } from "@/lib/posts/types";
import { Cover, TileCover, WordsCover } from "./cover";

type Props = { post: PostView; /** Covers only when this is the reason. */ why: "sensitive" | "word" | "any"; ratio: number; className?: string; children: ReactNode };

const hashOf = ({ media }: PostView) => media[0]?.thumbhash ?? null;

export function Covered({ post, why, ratio, className, children }: Props) {
  if (post.cover === null || (why !== "any" && why !== post.cover)) return children;
  return <Cover postId={post.id} why={post.cover} backdrop={placeholderPicture(hashOf(post))} ratio={ratio} className={className}>{children}</Cover>;
}

/** The caption beside a picture that is covered because of a word in it. */
export function CoveredWords({ post, children }: { post: PostView; children: ReactNode }) {
  return post.cover === "word" ? <WordsCover postId={post.id}>{children}</WordsCover> : children;
}

export function CoveredTile({ post, children }: { post: PostView; children: ReactNode }) {
  if (post.cover === null) return children;
  return <TileCover postId={post.id} why={post.cover} author={post.user.username} colour={placeholderColour(hashOf(post))}>{children}</TileCover>;
}
