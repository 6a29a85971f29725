import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ProfileAs } from "@/components/profiles/profile-as";
import { ProfileHeader } from "@/components/profiles/profile-header";
import { ProfileTabs } from "@/components/profiles/profile-tabs";
import { TaggedPosts } from "@/components/profiles/tagged-posts";
import { loadProfile } from "../load-profile";
import { type AsParams, lookedAtAs } from "../looked-at-as";

type Props = { params: Promise<{ username: string }>; searchParams: Promise<AsParams> };

export const metadata: Metadata = { title: "Tagged", robots: { index: false } };

/** Posts on whose photos the person stands; for those who may see the person's own. */
export default async function ProfileTaggedPage({ params, searchParams }: Props) {
  const found = await loadProfile((await params).username, "/tagged");
  const { viewer, user, open } = found;
  const looked = await lookedAtAs(found, await searchParams);
  if (looked) return <ProfileAs {...looked} tab="tagged" />;
  if (!open) notFound();
  return (
    <div className="mx-auto w-full max-w-page pt-6 pb-16 md:px-6 md:pt-12">
      <ProfileHeader user={user} open />
      <ProfileTabs user={user} current="tagged" />
      <TaggedPosts viewer={viewer} user={user} />
    </div>
  );
}
