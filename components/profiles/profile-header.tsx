import { FollowButton } from "@/components/graph/follow-button";
import { followeeOf } from "@/components/graph/followee";
import { PersonMenu } from "@/components/graph/person-menu";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/link-button";
import { LockIcon, VerifiedIcon } from "@/components/ui/icons";
import type { UserView } from "@/lib/profiles/types";
import { hasBio, ProfileBio } from "./profile-bio";
import { ProfileCounts } from "./profile-counts";

/** Who somebody is. `open`: the viewer may see what they show to followers or, when public, to all. */
export function ProfileHeader({ user, open }: { user: UserView; open: boolean }) {
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
      </div>
      <div className="col-span-2 md:col-span-1"><ProfileCounts user={user} linked={open} /></div>
      {hasBio(user) ? <div className="col-span-2 md:col-span-1"><ProfileBio user={user} /></div> : null}
      <div className="col-span-2 flex items-center gap-2 md:col-span-1"><Actions user={user} /></div>
    </header>
  );
}

function Actions({ user }: { user: UserView }) {
  if (user.viewer?.is_self) {
    return (
      <>
        <LinkButton href="/settings" prefetch={false} className="max-md:flex-1">Edit profile</LinkButton>
        <LinkButton href="/create" prefetch={false} variant="primary" className="max-md:flex-1">New post</LinkButton>
      </>
    );
  }
  const { id, username, viewer } = user;
  return (
    <>
      <div className="max-md:flex-1"><FollowButton followee={followeeOf(user)} signedIn={viewer !== null} size="md" full /></div>
      <PersonMenu person={{ id, username, muting: viewer?.muting ?? false, followedBy: viewer?.followed_by ?? false }} signedIn={viewer !== null} />
    </>
  );
}
