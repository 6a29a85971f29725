import Link from "next/link";
import { FollowButton } from "@/components/graph/follow-button";
import { followeeOf } from "@/components/graph/followee";
import { PeopleAnswer } from "@/components/people/people-answer";
import { Avatar } from "@/components/ui/avatar";
import { EyeOffIcon, HeartIcon, ShieldIcon, UsersIcon } from "@/components/ui/icons";
import { LinkButton } from "@/components/ui/link-button";
import { RelativeTime } from "@/components/ui/relative-time";
import type { NotificationView } from "@/lib/notifications/types";
import { cn } from "@/components/ui/cn";
import type { UserSummary, UserView } from "@/lib/profiles/types";
import { RequestAnswer } from "./request-answer";
import { addressOf, wording } from "@/lib/notifications/wording";

/** "Ada, Bo and 12 others liked your post", with faces, picture and what one can do about it in place. */
export function NotificationLine({ item, follower }: { item: NotificationView; /** The one person who followed, to follow back. */ follower?: UserView }) {
  const [first] = item.actors;
  const isOwn = item.kind === "milestone" || item.kind === "security";
  if (!first && !isOwn) return null;
  return (
    <li className={cn("relative flex min-h-16 items-center gap-3 px-4 py-2.5 md:rounded-md md:px-3", !item.is_read && "bg-accent-soft/55")}>
      {item.is_read ? null : <span className="sr-only">New: </span>}
      {isOwn ? <Sign item={item} /> : <Faces actors={item.actors} />}
      <div className="min-w-0 flex-1 text-ui">
        <p className="break-words">
          {isOwn ? <span className="font-semibold">{wording(item)}</span> : <><Names item={item} /> {wording(item)}</>}
          {item.comment ? <> <span dir="auto" className="text-muted">{quote(item.comment.content)}</span></> : null}{" "}
          <RelativeTime value={item.created_at} className="whitespace-nowrap text-sm text-muted" />
        </p>
        {item.kind === "follow_request" && first ? <RequestAnswer user={first} id={item.id} /> : null}
        {item.kind === "tag_request" && item.post && first ? <PeopleAnswer postId={item.post.id} author={first.username} kind="tag" /> : null}
        {item.kind === "collaboration" && item.post && first ? <PeopleAnswer postId={item.post.id} author={first.username} kind="collaboration" /> : null}
      </div>
      {item.post ? (
        <Link href={addressOf(item)} prefetch={false} scroll={false} className="shrink-0 rounded-sm before:absolute before:inset-0 before:rounded-md">
          {item.post.thumbnail_url ? (
            <img src={item.post.thumbnail_url} alt={item.post.alt || "Your post"} width={44} height={44} loading="lazy" decoding="async" className="size-11 rounded-sm bg-sunken object-cover" />
          ) : <span className="flex size-11 items-center justify-center rounded-sm bg-sunken text-muted"><EyeOffIcon className="size-5" /><span className="sr-only">Covered post</span></span>}
        </Link>
      ) : null}
      {item.kind === "security" ? <LinkButton href={addressOf(item)} prefetch={false} size="sm">Check</LinkButton> : null}
      {item.kind === "collection_shared" ? <LinkButton href="/saved" prefetch={false} size="sm">View</LinkButton> : null}
      {follower ? <FollowButton followee={followeeOf(follower)} signedIn /> : null}
    </li>
  );
}

/** In place of faces, of what nobody else did. */
function Sign({ item: { kind, milestone } }: { item: NotificationView }) {
  const Icon = kind === "security" ? ShieldIcon : milestone?.of === "followers" ? UsersIcon : HeartIcon;
  return <span aria-hidden="true" className="flex size-11 shrink-0 items-center justify-center rounded-full bg-sunken text-ink"><Icon className="size-5" /></span>;
}

function Faces({ actors }: { actors: UserSummary[] }) {
  const [first, second] = actors;
  return (
    <span aria-hidden="true" className="relative size-11 shrink-0">
      {first ? <Avatar src={first.avatar_url} name={first.full_name || first.username} size={second ? "sm" : "md"} /> : null}
      {second ? <Avatar src={second.avatar_url} name={second.full_name || second.username} size="sm" className="absolute! right-0 bottom-0 ring-2 ring-paper" /> : null}
    </span>
  );
}

function Names({ item: { actors, actor_count } }: { item: NotificationView }) {
  const shown = actors.slice(0, actor_count > 2 ? 1 : 2);
  const others = actor_count - shown.length;
  return (
    <>
      {shown.map((actor, i) => (
        <span key={actor.id}>
          {i > 0 ? " and " : null}
          <Link href={`/${actor.username}`} prefetch={false} className="relative z-1 rounded-sm font-semibold hover:underline"><bdi>{actor.username}</bdi></Link>
        </span>
      ))}
      {others > 0 ? <> and <span className="font-semibold">{others === 1 ? "1 other" : `${others} others`}</span></> : null}
    </>
  );
}

const quote = (text: string) => `“${text.length > 90 ? `${text.slice(0, 90).trimEnd()}…` : text}”`;
