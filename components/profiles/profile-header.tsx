import { MessageButton } from "@/components/messages/message-button";
import { FollowButton } from "@/components/graph/follow-button";
import { followeeOf } from "@/components/graph/followee";
import { PersonMenu, type Wishes } from "@/components/graph/person-menu";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/link-button";
import { LockIcon, VerifiedIcon } from "@/components/ui/icons";
import { ACTIVE_NOW, activityInWords } from "@/lib/profiles/activity-words";
import type { ProfileView, UserView } from "@/lib/profiles/types";
import { hasBio, ProfileBio } from "./profile-bio";
import { ProfileCounts } from "./profile-counts";
import { ViewAsMenu } from "./view-as-menu";

type Props = { user: UserView & Partial<Pick<ProfileView, "last_active_at">>; open: boolean; /** One's own as this onlooker has it, only to look at: nothing to press. */ as?: string };

/** Who somebody is. `open`: the viewer may see what they show to followers or, when public, to all. */
export function ProfileHeader({ user, open, as }: Props) {
  const name = user.full_name || user.username;
  return (
    <header className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-5 gap-y-4 px-4 pb-6 md:items-start md:gap-x-10 md:px-0 md:pb-10">
      <Avatar src={user.avatar_url} name={name} size="2xl" alt={`${name}’s picture`} eager className="md:row-span-4" />
      <div className="min-w-0">
        <h1 className="text-xl md:text-2xl">
          <bdi className="line-clamp-2 break-words">{name}</bdi>
        </h1>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-1.5 text-ui text-muted">
          <bdi className="min-w-0 truncate">@{user.username}</bdi>
          {user.is_verified ? <><VerifiedIcon className="size-4.5 shrink-0 text-accent" /><span className="sr-only">Verified</span></> : null}
          {user.is_private ? <><LockIcon className="size-4 shrink-0" /><span className="sr-only">Private account</span></> : null}
          {user.pronouns ? <bdi className="ml-1">{user.pronouns}</bdi> : null}
          {user.viewer?.followed_by ? <Badge className="ml-1">Follows you</Badge> : null}
        </p>
        {user.last_active_at ? <Activity at={user.last_active_at} /> : null}
      </div>
      <div className="col-span-2 md:col-span-1"><ProfileCounts user={user} linked={open} as={as} /></div>
      {hasBio(user) ? <div className="col-span-2 md:col-span-1"><ProfileBio user={user} /></div> : null}
      {as === undefined ? <div className="col-span-2 flex items-center gap-2 md:col-span-1"><Actions user={user} /></div> : null}
    </header>
  );
}

function Activity({ at }: { at: string }) {
  const words = activityInWords(at);
  return (
    <p className="mt-1 flex items-center gap-x-1.5 text-sm text-muted">
      {words === ACTIVE_NOW ? <span aria-hidden className="size-2 shrink-0 rounded-full bg-success" /> : null}
      {words}
    </p>
  );
}

function Actions({ user }: { user: UserView }) {
  if (user.viewer?.is_self) {
    return (
      <>
        <LinkButton href="/settings" prefetch={false} className="max-md:flex-1">Edit profile</LinkButton>
        <LinkButton href="/create" prefetch={false} variant="primary" className="max-md:flex-1">New post</LinkButton>
        <ViewAsMenu username={user.username} />
      </>
    );
  }
  const { viewer } = user;
  return (
    <>
      <div className="max-md:flex-1"><FollowButton followee={followeeOf(user)} signedIn={viewer !== null} size="md" full /></div>
      <div className="max-md:flex-1"><MessageButton userId={user.id} signedIn={viewer !== null} /></div>
      <PersonMenu person={{ ...followeeOf(user), followedBy: viewer?.followed_by ?? false, wishes: wishesOf(viewer) }} signedIn={viewer !== null} />
    </>
  );
}

const wishesOf = (viewer: UserView["viewer"]): Wishes => ({
  muting: viewer?.muting ?? false, muting_stories: viewer?.muting_stories ?? false, restricting: viewer?.restricting ?? false, is_favourite: viewer?.is_favourite ?? false,
});
