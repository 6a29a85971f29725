import type { Metadata } from "next";
import { ProfileHeader } from "@/components/profiles/profile-header";
import { ProfileLocked, ProfilePosts } from "@/components/profiles/profile-posts";
import { ProfileTabs } from "@/components/profiles/profile-tabs";
import { loadProfile } from "./load-profile";
import { profileMetadata } from "./metadata";

type Props = { params: Promise<{ username: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return profileMetadata((await loadProfile((await params).username)).user);
}

/** A person and their photos. */
export default async function ProfilePage({ params }: Props) {
  const { viewer, user, open } = await loadProfile((await params).username);
  return (
    <div className="mx-auto w-full max-w-page pt-6 pb-16 md:px-6 md:pt-12">
      <ProfileHeader user={user} open={open} />
      {user.viewer?.is_self ? <ProfileTabs username={user.username} current="posts" /> : null}
      {open ? <ProfilePosts viewer={viewer} user={user} /> : <div className="border-t"><ProfileLocked user={user} /></div>}
    </div>
  );
}
