import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SavedHome } from "@/components/collections/saved-home";
import { ProfileHeader } from "@/components/profiles/profile-header";
import { ProfileTabs } from "@/components/profiles/profile-tabs";
import { loadProfile } from "../load-profile";

type Props = { params: Promise<{ username: string }> };

export const metadata: Metadata = { title: "Saved", robots: { index: false } };

/** One's own saved posts; of everybody else this page does not exist. */
export default async function ProfileSavedPage({ params }: Props) {
  const { viewer, user } = await loadProfile((await params).username, "/saved");
  if (!viewer || !user.viewer?.is_self) notFound();
  return (
    <div className="mx-auto w-full max-w-page pt-6 pb-16 md:px-6 md:pt-12">
      <ProfileHeader user={user} open />
      <ProfileTabs user={user} current="saved" />
      <SavedHome viewer={viewer} />
    </div>
  );
}
