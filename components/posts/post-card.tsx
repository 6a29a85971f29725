// <PostCard post={post} viewer={viewer} priority />   A post in the feed.
import type { CSSProperties } from "react";
import { feedRatio } from "@/components/media/frame";
import { PostMedia } from "@/components/media/post-media";
import { CommentTotal } from "@/components/interactions/comment-total";
import { LikeCount } from "@/components/interactions/like-count";
import { Reactions } from "@/components/interactions/reactions";
import { servedAt } from "@/components/interactions/served-at";
import { subjectOf } from "@/components/interactions/subject";
import { AppLink } from "@/components/ui/app-link";
import { SparklesIcon } from "@/components/ui/icons";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { PostView } from "@/lib/posts/types";
import { CameraLines } from "./camera-lines";
import { Caption } from "./caption";
import { Covered } from "./covered";
import { PostActions } from "./post-actions";
import { PostHeader } from "./post-header";
import { PostMenu } from "./post-menu";
import type { PostPlace } from "./post-place";
import { PostShell } from "./post-shell";
import { menuSubjectOf } from "./menu-subject";
import { progressOf } from "./progress-of";
import { RepostLine } from "./repost-line";
import { UnpublishedPost } from "./unpublished-post";
import { VideoChanges } from "./video-changes";

/** Width of the feed's column, and of the screen where that is narrower. */
const SIZES = "(min-width: 48rem) 496px, (min-width: 34rem) 544px, 100vw";

type Props = {
  post: PostView;
  viewer: Viewer | null;
  priority?: boolean;
  /** The viewer follows the author. */
  following?: boolean;
  /** Where it stands, and why. */
  place?: PostPlace;
};

export function PostCard({ post, viewer, priority, following, place }: Props) {
  const subject = subjectOf(post, viewer !== null);
  const { user } = post;
  return (
    <PostShell postId={post.id} authorId={user.id} at={servedAt()} reportsSeen={place !== undefined && viewer?.id !== user.id} label={`Post by ${user.username}`} className="pb-8 md:-mx-4 md:px-4 [contain-intrinsic-size:auto_var(--height)] [content-visibility:auto]" style={estimate(post)}>
      {post.repost ? <RepostLine repost={post.repost} isOwn={post.repost.user.id === viewer?.id} /> : null}
      {place?.reason && place.isSuggested ? <SuggestedLine text={place.reason.text} /> : null}
      <PostHeader post={post} isOwn={viewer?.id === user.id} className="px-4 md:px-0">
        <PostMenu {...menuSubjectOf(post, viewer, following)} place={place} />
      </PostHeader>
      {post.status === "published" ? (
        <Covered post={post} why="word" ratio={feedRatio(post.media)} className="md:rounded-md">
          <Covered post={post} why="sensitive" ratio={feedRatio(post.media)} className="md:rounded-md">
            <PostMedia subject={subject} media={post.media} author={user.username} shape="feed" sizes={SIZES} priority={priority} className="md:rounded-md" />
          </Covered>
          <div className="px-4 md:px-0">
            <VideoChanges postId={post.id} media={post.media} />
            <PostActions subject={subject} author={user.username} className="pt-1" />
            <Reactions subject={subject} />
            <LikeCount subject={subject} />
            <div className="mt-1.5"><Caption postId={post.id} text={post.caption} mentions={post.mentions} at={subject.at} /></div>
            <CameraLines media={post.media} />
            <AppLink href={`/p/${post.shortcode}`} keepsPlace className="relative mt-1.5 inline-block rounded-sm text-sm text-muted before:absolute before:-inset-x-2 before:-inset-y-2.5 hover:text-ink">
              <CommentTotal postId={post.id} count={post.comment_count} at={subject.at} />
            </AppLink>
          </div>
        </Covered>
      ) : (
        <UnpublishedPost post={{ id: post.id, status: post.status, scheduledFor: post.scheduled_for, problem: post.problem, progress: progressOf(post), count: post.media.length, hasVideo: post.media.some((item) => item.type === "video"), ratio: feedRatio(post.media) }} />
      )}
    </PostShell>
  );
}

function SuggestedLine({ text }: { text: string }) {
  return (
    <p className="flex min-h-6 items-center gap-1.5 px-4 pt-2 text-sm text-muted md:px-0">
      <SparklesIcon className="size-4 shrink-0 text-accent" />
      <span className="min-w-0 truncate"><b className="font-semibold text-ink">Suggested</b>{` · ${text}`}</span>
    </p>
  );
}

/** About how high the card is, so that the scrollbar is right before it is drawn: picture and roughly 16 rem of the rest. */
function estimate(post: PostView): CSSProperties {
  return { "--height": `calc(min(100vw, 31rem) / ${feedRatio(post.media).toFixed(3)} + 16rem)` } as CSSProperties;
}
