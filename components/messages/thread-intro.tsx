import { LinkButton } from "@/components/ui/link-button";
import type { ThreadView } from "@/lib/messages/types";
import { ThreadPicture } from "./thread-picture";
import { isHere, titleOf } from "./wording";

/** A conversation in which nothing was said. */
export function ThreadIntro({ thread }: { thread: ThreadView }) {
  const other = thread.kind === "pair" ? thread.people.find(isHere) : undefined;
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-center overflow-y-auto px-6 py-10 text-center">
      <ThreadPicture thread={thread} size="xl" />
      <p className="mt-4 max-w-full text-xl font-semibold wrap-anywhere"><bdi>{titleOf(thread)}</bdi></p>
      <p className="mt-1 text-ui text-muted">{other ? `@${other.username}` : thread.kind === "pair" ? "" : `${thread.member_count} ${thread.member_count === 1 ? "member" : "members"}`}</p>
      {other ? <LinkButton href={`/${other.username}`} prefetch={false} size="sm" className="mt-4">See profile</LinkButton> : null}
      <p className="mt-6 text-sm text-muted">Nothing has been said yet.</p>
    </div>
  );
}
