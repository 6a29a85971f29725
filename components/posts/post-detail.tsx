// A post with its conversation: picture and words beside each other on wide screens, one below the other elsewhere.
import type { CSSProperties } from "react";
import { Comments } from "@/components/comments/comments";
import { FollowButton } from "@/components/graph/follow-button";
import { followeeOf } from "@/components/graph/followee";
import { LikeCount } from "@/components/interactions/like-count";
import { Reactions } from "@/components/interactions/reactions";
import { subjectOf } from "@/components/interactions/subject";
import { fullRatio } from "@/components/media/frame";
import { PostMedia } from "@/components/media/post-media";
import { Asks } from "@/components/people/asks";
import { cn } from "@/components/ui/cn";
import { compactCount } from "@/components/ui/count";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { PostView } from "@/lib/posts/types";
import type { UserView } from "@/lib/profiles/types";
import { CameraLines } from "./camera-lines";
import { Caption } from "./caption";
import { Covered, CoveredWords } from "./covered";
import { EditedMark } from "./edited-mark";
import { menuSubjectOf } from "./menu-subject";
import { PostActions } from "./post-actions";
import { PostHeader } from "./post-header";
import { PostMenu } from "./post-menu";
import { progressOf } from "./progress-of";
import { UnpublishedPost } from "./unpublished-post";
import { VideoChanges } from "./video-changes";

type Props = { post: PostView; viewer: Viewer | null; /** The author with what they and the viewer are to each other; null for visitors. */ author: UserView | null; place: "page" | "overlay"; /** A comment that the address names. */ commentId?: string };

/** Below 1024 px the picture has the column's width; beside the conversation what is left of the screen. */
const SIZES = "(min-width: 64rem) 60vw, (min-width: 48rem) 496px, (min-width: 34rem) 544px, 100vw";

const layouts = {
  page: "lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-x-10",
  overlay: "lg:h-[min(86dvh,56rem)] lg:grid-cols-[auto_24rem]",
};

export function PostDetail({ post, viewer, author, place, commentId }: Props) {
  const subject = subjectOf(post, viewer !== null);
  const inPage = place === "page";
  return (
    <article aria-label={`Post by ${post.user.username}`} className={cn("mx-auto grid max-w-column grid-cols-[minmax(0,1fr)] lg:max-w-none lg:grid-rows-[auto_minmax(0,1fr)] lg:[grid-template-areas:'picture_head''picture_words']", layouts[place])}>
      <PostHeader post={post} isOwn={viewer?.id === post.user_id} className={cn("px-4 lg:[grid-area:head]", inPage ? "md:px-0 lg:pt-0" : "lg:border-b lg:px-5")}>
        {author?.viewer && !author.viewer.is_self && !author.viewer.following ? <FollowButton followee={followeeOf(author)} signedIn /> : null}
        <PostMenu {...menuSubjectOf(post, viewer, author?.viewer?.following)} leave={inPage ? "home" : "back"} />
      </PostHeader>
      <div className={cn("min-w-0 lg:[grid-area:picture]", inPage ? "lg:sticky lg:top-10 lg:self-start" : "lg:flex lg:items-center lg:bg-sunken")}>
        {/* Nothing jumps when it is ready. */}
        <div className={frameClass[place]} style={frameStyle(post)}>
          {post.status === "published" ? (
            <Covered post={post} why="any" ratio={fullRatio(post.media)} className={inPage ? "md:rounded-md" : undefined}>
              <PostMedia subject={subject} media={post.media} author={post.user.username} shape="full" sizes={SIZES} priority className={inPage ? "md:rounded-md" : undefined} />
            </Covered>
          ) : (
            <UnpublishedPost post={{ id: post.id, status: post.status, scheduledFor: post.scheduled_for, problem: post.problem, progress: progressOf(post), count: post.media.length, hasVideo: post.media.some((item) => item.type === "video"), ratio: fullRatio(post.media) }} />
          )}
        </div>
      </div>
      <div className={cn("px-4 lg:[grid-area:words]", inPage ? "md:px-0" : "lg:overflow-y-auto lg:overscroll-contain lg:px-5 lg:pb-5", "max-lg:pb-6")}>
        {post.status === "published" ? (
          <>
            <Asks post={post} viewerId={viewer?.id ?? null} />
            <VideoChanges postId={post.id} media={post.media} />
            <PostActions subject={subject} author={post.user.username} className="pt-1" />
            <Reactions subject={subject} />
            <LikeCount subject={subject} />
            {viewer?.id === post.user_id ? <p className="tabular mt-1 text-sm text-muted">{compactCount(post.view_count)} {post.view_count === 1 ? "view" : "views"}{post.share_count > 0 ? ` · shared by ${compactCount(post.share_count)} ${post.share_count === 1 ? "person" : "people"}` : null}</p> : null}
          </>
        ) : null}
        <div className="mt-2 mb-4">
          <CoveredWords post={post}>
            <Caption postId={post.id} text={post.caption} mentions={post.mentions} at={subject.at} whole />
            {post.is_edited ? <p className="mt-1"><EditedMark postId={post.id} cover={post.cover} /></p> : null}
          </CoveredWords>
          <CameraLines media={post.media} whole />
        </div>
        {post.status === "published" ? <Comments post={post} viewer={viewer} commentId={commentId} /> : null}
      </div>
    </article>
  );
}

/** The row of dots below several pictures takes its share of the height. */
const frameStyle = ({ media }: PostView) => ({ "--ratio": fullRatio(media), "--dots": media.length > 1 ? "3rem" : "0px" }) as CSSProperties;

/** Never higher than the screen: the frame's width is bounded by its height times its shape. */
const frameClass = {
  page: "mx-auto w-full max-w-[calc((100dvh-9rem)*var(--ratio))] lg:max-w-[calc((100dvh-5rem-var(--dots)/2)*var(--ratio))]",
  overlay: "mx-auto w-full max-w-[calc((100dvh-9rem)*var(--ratio))] lg:w-[min(calc(100vw-33rem),calc((min(86dvh,56rem)-var(--dots))*var(--ratio)))]",
};
