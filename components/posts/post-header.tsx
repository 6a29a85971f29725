import Link from "next/link";
import type { ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import { RelativeTime } from "@/components/ui/relative-time";
import type { PostView } from "@/lib/posts/types";
import { PersonName } from "./person-name";

/** Who posted it, where and when, and at the end of the line what one can do with it. */
export function PostHeader({ post, children, className }: { post: PostView; children?: ReactNode; className?: string }) {
  const { user, location } = post;
  return (
    <header className={cn("flex min-h-15 items-center gap-3 py-2", className)}>
      <Link href={`/${user.username}`} prefetch={false} tabIndex={-1} aria-hidden="true" className="flex shrink-0 rounded-full">
        <Avatar src={user.avatar_url} name={user.full_name || user.username} />
      </Link>
      <div className="min-w-0 flex-1 leading-tight">
        <p className="flex min-w-0 items-center gap-1.5 text-ui">
          <Link href={`/${user.username}`} prefetch={false} className="relative min-w-0 rounded-sm font-semibold before:absolute before:-inset-y-3 before:inset-x-0 hover:underline">
            <PersonName user={user} className="max-w-full" />
          </Link>
          <span aria-hidden="true" className="text-muted">·</span>
          <RelativeTime value={post.created_at} className="shrink-0 text-sm text-muted" />
        </p>
        {location ? (
          <Link href={`/places/${location.id}`} prefetch={false} className="relative block max-w-fit truncate text-sm text-muted hover:text-ink hover:underline">
            <bdi>{location.name}</bdi>
          </Link>
        ) : null}
      </div>
      {children}
    </header>
  );
}
