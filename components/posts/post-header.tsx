import type { ReactNode } from "react";
import { CoAuthors } from "@/components/people/co-authors";
import { AppLink } from "@/components/ui/app-link";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import { servedAt } from "@/components/interactions/served-at";
import { RelativeTime } from "@/components/ui/relative-time";
import type { PostView } from "@/lib/posts/types";
import { AudienceMark } from "./audience-mark";
import { PersonName } from "./person-name";

/** Who posted it, where and when, and at the end of the line what one can do with it. */
export function PostHeader({ post, isOwn, children, className }: { post: PostView; isOwn: boolean; children?: ReactNode; className?: string }) {
  const { user, location } = post;
  return (
    <header className={cn("flex min-h-15 items-center gap-3 py-2", className)}>
      <AppLink href={`/${user.username}`} tabIndex={-1} aria-hidden="true" className="flex shrink-0 rounded-full">
        <Avatar src={user.avatar_url} name={user.full_name || user.username} />
      </AppLink>
      <div className="min-w-0 flex-1 leading-tight">
        <AppLink href={`/${user.username}`} className="relative flex min-h-6 max-w-fit min-w-0 items-center rounded-sm text-ui font-semibold before:absolute before:-top-2.5 before:inset-x-0 before:bottom-0 hover:underline">
          <PersonName user={user} className="max-w-full" />
        </AppLink>
        <CoAuthors people={post.collaborators} />
        <p className="flex min-h-6 min-w-0 items-center gap-1.5 text-sm text-muted">
          <RelativeTime value={post.created_at} className="shrink-0" />
          <AudienceMark postId={post.id} shown={{ audience: post.audience, circles: post.circles, for_close_friends: post.for_close_friends }} isOwn={isOwn} at={servedAt()} />
          {location ? (
            <>
              <span aria-hidden="true">·</span>
              <AppLink href={`/places/${location.id}`} className="relative flex min-h-6 min-w-0 items-center rounded-sm before:absolute before:inset-x-0 before:top-0 before:-bottom-2.5 hover:text-ink hover:underline">
                <bdi className="min-w-0 truncate">{location.name}</bdi>
              </AppLink>
            </>
          ) : null}
        </p>
      </div>
      {children}
    </header>
  );
}
