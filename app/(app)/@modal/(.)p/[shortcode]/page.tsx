import type { Metadata } from "next";
import { PostDetail } from "@/components/posts/post-detail";
import { PostOverlay } from "@/components/posts/post-overlay";
import { EmptyState } from "@/components/ui/empty-state";
import { AppError } from "@/lib/platform/errors";
import { commentOf } from "../../../p/[shortcode]/comment-of";
import { loadPost } from "../../../p/[shortcode]/load-post";
import { noteVisit } from "../../../p/[shortcode]/note-visit";

type Props = { params: Promise<{ shortcode: string }>; searchParams: Promise<{ comment?: string | string[] }> };

/** Null for a post that has gone since the grid was drawn. */
async function load({ params }: Pick<Props, "params">) {
  try {
    return await loadPost((await params).shortcode);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const found = await load(props);
  return { title: found ? `Post by ${found.post.user.username}` : "Not found", robots: { index: false } };
}

/** A post over the page it was chosen from, at the post's own address. */
export default async function PostOverlayPage(props: Props) {
  const found = await load(props);
  if (found) await noteVisit(found);
  return (
    <PostOverlay path={`/p/${(await props.params).shortcode}`} title={found ? `Post by ${found.post.user.username}` : "Not found"}>
      {found ? <PostDetail {...found} place="overlay" commentId={commentOf(await props.searchParams)} /> : <EmptyState title="This post is not here any more">It was deleted, or is no longer shared with you.</EmptyState>}
    </PostOverlay>
  );
}
