import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ProfileAs } from "@/components/profiles/profile-as";
import { ProfileHeader } from "@/components/profiles/profile-header";
import { ProfileReposts } from "@/components/profiles/profile-reposts";
import { ProfileTabs } from "@/components/profiles/profile-tabs";
import { loadProfile } from "../load-profile";
import { type AsParams, lookedAtAs } from "../looked-at-as";

type Props = { params: Promise<{ username: string }>; searchParams: Promise<AsParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { user } = await loadProfile((await params).username, "/reposts");
  return { title: `Reposts by @${user.username}`, robots: { index: false } };
}

/** What somebody reposted; of a private account only its followers see it. */
export default async function ProfileRepostsPage({ params, searchParams }: Props) {
  const found = await loadProfile((await params).username, "/reposts");
  const { viewer, user, open } = found;
  const looked = await lookedAtAs(found, await searchParams);
  if (looked) return <ProfileAs {...looked} tab="reposts" />;
  if (!open) notFound();
  return (
    <div className="mx-auto w-full max-w-page pt-6 pb-16 md:px-6 md:pt-12">
      <ProfileHeader user={user} open />
      <ProfileTabs user={user} current="reposts" />
      <ProfileReposts viewer={viewer} user={user} />
    </div>
  );
}
