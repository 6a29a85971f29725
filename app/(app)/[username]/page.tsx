import type { Metadata } from "next";
import { ProfileAs } from "@/components/profiles/profile-as";
import { ProfileHeader } from "@/components/profiles/profile-header";
import { ProfileLocked, ProfilePosts } from "@/components/profiles/profile-posts";
import { ProfileTabs } from "@/components/profiles/profile-tabs";
import { loadProfile } from "./load-profile";
import { type AsParams, lookedAtAs } from "./looked-at-as";
import { profileMetadata } from "./metadata";

type Props = { params: Promise<{ username: string }>; searchParams: Promise<AsParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return profileMetadata((await loadProfile((await params).username)).user);
}

/** A person and their photos; with `?as=` one's own as somebody else sees them. */
export default async function ProfilePage({ params, searchParams }: Props) {
  const found = await loadProfile((await params).username);
  const { viewer, user, open } = found;
  const looked = await lookedAtAs(found, await searchParams);
  if (looked) return <ProfileAs {...looked} tab="posts" />;
  return (
    <div className="mx-auto w-full max-w-page pt-6 pb-16 md:px-6 md:pt-12">
      <ProfileHeader user={user} open={open} />
      {open ? <ProfileTabs user={user} current="posts" /> : null}
      {open ? <ProfilePosts viewer={viewer} user={user} /> : <div className="border-t"><ProfileLocked user={user} /></div>}
    </div>
  );
}
