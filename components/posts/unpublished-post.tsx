"use client";
// What its author sees of a post until its photos are ready, or when they could not be prepared. Looks after itself.
import { LocalTime } from "@/components/scheduling/local-time";
import { AlertIcon, CalendarIcon } from "@/components/ui/icons";
import { LinkButton } from "@/components/ui/link-button";
import { ProgressBar } from "@/components/ui/progress-bar";
import { Spinner } from "@/components/ui/spinner";
import type { PostView } from "@/lib/posts/types";
import { usePostStatus } from "./use-post-status";

type Props = { post: { id: string; status: PostView["status"]; scheduledFor?: string | null; problem?: string; progress?: number; count: number; hasVideo: boolean; ratio: number } };

export function UnpublishedPost({ post }: Props) {
  const { status, problem, progress } = usePostStatus(post.id, post);
  const many = post.count > 1;
  const what = many ? (post.hasVideo ? "These photos and videos" : "These photos") : post.hasVideo ? "This video" : "This photo";
  return (
    <div role="status" style={{ aspectRatio: post.ratio }} className="flex w-full flex-col items-center justify-center gap-3 bg-sunken px-6 text-center md:rounded-md">
      {status === "failed" ? (
        <>
          <AlertIcon className="size-8 text-danger" />
          <p className="font-semibold">{`${what} could not be prepared`}</p>
          <p className="max-w-sm text-sm text-muted">{problem} Nobody else sees this post: delete it from the menu above and try again.</p>
          <LinkButton href="/create" size="sm">New post</LinkButton>
        </>
      ) : status === "scheduled" ? (
        <>
          <CalendarIcon className="size-8 text-accent" />
          <p className="font-semibold">{post.scheduledFor ? <>Appears on <LocalTime value={post.scheduledFor} /></> : "Its time has passed"}</p>
          <p className="max-w-sm text-sm text-muted">Only you see it until then. Change the time, or post it now, among what is scheduled.</p>
          <LinkButton href="/settings/archive/scheduled" size="sm">Scheduled posts</LinkButton>
        </>
      ) : status === "held" ? (
        <p className="font-semibold">Waiting to be looked at. Only you see this post.</p>
      ) : (
        <>
          <Spinner className="text-2xl text-accent" />
          <p className="font-semibold">{many ? `Preparing your ${post.count} ${post.hasVideo ? "photos and videos" : "photos"}…` : `Preparing your ${post.hasVideo ? "video" : "photo"}…`}</p>
          {progress === undefined ? null : <ProgressBar label="Video" percent={progress} />}
          <p className="text-sm text-muted">It is published as soon as this is done. You can go on.</p>
        </>
      )}
    </div>
  );
}
