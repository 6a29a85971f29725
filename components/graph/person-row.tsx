// <PersonRow user={user} />   A line of a list of people: who it is, and the follow button. `action` replaces the button, null leaves it out.
import Link from "next/link";
import type { ReactNode } from "react";
import { PersonName } from "@/components/posts/person-name";
import { Avatar } from "@/components/ui/avatar";
import type { UserView } from "@/lib/graph/types";
import { FollowButton } from "./follow-button";
import { followeeOf } from "./followee";

type Props = { user: UserView; action?: ReactNode; note?: ReactNode };

export function PersonRow({ user, action, note }: Props) {
  return (
    <li data-item={user.id} className="flex min-h-16 items-center gap-3 py-1.5">
      <PersonLink user={user} note={note} />
      {action === undefined && !user.viewer?.is_self ? <FollowButton followee={followeeOf(user)} signedIn={user.viewer !== null} /> : action}
    </li>
  );
}

/** Picture, username and name, all one link. */
export function PersonLink({ user, note }: { user: UserView; note?: ReactNode }) {
  const second = note ?? (user.viewer?.followed_by && !user.viewer.following ? joined(user.full_name, "Follows you") : user.full_name);
  return (
    <Link href={`/${user.username}`} prefetch={false} className="flex min-w-0 flex-1 items-center gap-3 rounded-md py-1">
      <Avatar src={user.avatar_url} name={user.full_name || user.username} />
      <span className="min-w-0 flex-1">
        <PersonName user={user} className="max-w-full text-ui font-semibold" />
        {second ? <span className="block truncate text-sm text-muted"><bdi>{second}</bdi></span> : null}
      </span>
    </Link>
  );
}

const joined = (...parts: string[]) => parts.filter(Boolean).join(" · ");
