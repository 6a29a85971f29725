import { AppLink } from "@/components/ui/app-link";
import { Avatar } from "@/components/ui/avatar";
import { RepostIcon } from "@/components/ui/icons";
import type { RepostView } from "@/lib/posts/types";
import { PersonName } from "./person-name";
import { RichText } from "./rich-text";

/** Above a post: who reposted it, and what they said. */
export function RepostLine({ repost: { user, note }, isOwn }: { repost: RepostView; isOwn: boolean }) {
  return (
    <div className="px-4 pt-3 md:px-0">
      <p className="flex min-h-6 items-center gap-1.5 text-sm text-muted">
        <RepostIcon className="size-4 shrink-0" />
        {isOwn ? "You" : <AppLink href={`/${user.username}`} className="relative min-w-0 rounded-sm font-semibold text-ink before:absolute before:-inset-y-2.5 before:inset-x-0 hover:underline"><PersonName user={user} className="max-w-full" /></AppLink>}
        <span className="shrink-0">reposted</span>
      </p>
      {note ? (
        <div className="mt-2 mb-1 flex items-start gap-3">
          <Avatar src={user.avatar_url} name={user.full_name || user.username} size="sm" />
          <blockquote dir="auto" className="min-w-0 rounded-lg rounded-tl-sm bg-sunken px-3.5 py-2 text-ui break-words whitespace-pre-line"><RichText text={note} /></blockquote>
        </div>
      ) : null}
    </div>
  );
}
