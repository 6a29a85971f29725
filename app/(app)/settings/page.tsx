import type { Metadata } from "next";
import { AvatarEditor } from "@/components/accounts/avatar-editor";
import { ProfileForm } from "@/components/accounts/profile-form";
import { SettingsPage, SettingsSection } from "@/components/accounts/settings-page";
import { unauthenticated } from "@/lib/platform/errors";
import { getViewer } from "@/lib/platform/viewer/viewer";
import { getSelf } from "@/lib/profiles/queries";

export const metadata: Metadata = { title: "Settings" };

export default async function ProfileSettingsPage() {
  const viewer = await getViewer();
  if (!viewer) throw unauthenticated();
  const self = await getSelf(viewer);
  return (
    <SettingsPage current="profile">
      <SettingsSection id="photo" title="Photo">
        <AvatarEditor name={self.full_name || self.username} avatarUrl={self.avatar_url} />
      </SettingsSection>
      <SettingsSection id="profile" title="Profile" intro="Everybody who can see your profile sees this.">
        <ProfileForm profile={{ full_name: self.full_name, username: self.username, pronouns: self.pronouns, bio: self.bio, website: self.website, links: self.links }} />
      </SettingsSection>
    </SettingsPage>
  );
}
