import { Notice } from "@/components/ui/notice";
import type { PostView } from "@/lib/posts/types";
import { PeopleAnswer } from "./people-answer";

/** On a post: what its author asks of the viewer. */
export function Asks({ post, viewerId }: { post: PostView; viewerId: string | null }) {
  const isProposed = post.media.some(({ tags }) => tags.some((person) => person.is_viewer && person.is_proposed));
  const isInvited = post.collaborators.some((person) => person.id === viewerId && person.is_invited);
  return (
    <>
      {isProposed ? (
        <Notice title={`${post.user.username} wants to show you on this photo`} className="mt-3">
          <p className="text-muted">Others don’t see your name there until you agree.</p>
          <PeopleAnswer postId={post.id} author={post.user.username} kind="tag" className="mt-2 flex gap-2" />
        </Notice>
      ) : null}
      {isInvited ? (
        <Notice title={`${post.user.username} invites you to share this post`} className="mt-3">
          <p className="text-muted">It would stand on both profiles and reach your followers, too.</p>
          <PeopleAnswer postId={post.id} author={post.user.username} kind="collaboration" className="mt-2 flex gap-2" />
        </Notice>
      ) : null}
    </>
  );
}
