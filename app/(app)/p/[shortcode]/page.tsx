import type { Metadata } from "next";
import { PostDetail } from "@/components/posts/post-detail";
import { orNotFound } from "../../or-not-found";
import { commentOf } from "./comment-of";
import { loadPost } from "./load-post";
import { noteVisit } from "./note-visit";
import { postMetadata } from "./metadata";

type Props = { params: Promise<{ shortcode: string }>; searchParams: Promise<{ comment?: string | string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { post } = await orNotFound(loadPost((await params).shortcode));
  return postMetadata(post);
}

/** One post with its conversation. */
export default async function PostPage({ params, searchParams }: Props) {
  const found = await orNotFound(loadPost((await params).shortcode));
  await noteVisit(found);
  return (
    <div className="mx-auto w-full max-w-[80rem] pb-16 md:px-6 md:pt-8 lg:pt-10">
      <h1 className="sr-only">{`Post by ${found.post.user.username}`}</h1>
      <PostDetail {...found} place="page" commentId={commentOf(await searchParams)} />
    </div>
  );
}
