import type { Metadata } from "next";
import { DistantPeople } from "@/components/accounts/distant-people";
import { PrivacyForm } from "@/components/accounts/privacy-form";
import { SettingsPage, SettingsSection } from "@/components/accounts/settings-page";
import { FollowRequests } from "@/components/graph/follow-requests";
import { MessagesForm } from "@/components/privacy/messages-form";
import { countFollowRequests } from "@/lib/graph/queries";
import { unauthenticated } from "@/lib/platform/errors";
import { getViewer } from "@/lib/platform/viewer/viewer";
import { getPrivacy } from "@/lib/privacy/queries";

export const metadata: Metadata = { title: "Privacy" };

export default async function PrivacySettingsPage() {
  const viewer = await getViewer();
  if (!viewer) throw unauthenticated();
  const [waiting, privacy] = await Promise.all([countFollowRequests(viewer), getPrivacy(viewer)]);
  return (
    <SettingsPage current="privacy">
      <SettingsSection id="account-privacy" title="Who sees your photos">
        <PrivacyForm isPrivate={viewer.isPrivate} waiting={waiting} />
      </SettingsSection>
      <SettingsSection id="messages" title="Messages">
        <MessagesForm settings={privacy} />
      </SettingsSection>
      <FollowRequests viewer={viewer} />
      <SettingsSection id="blocked" title="Blocked people" intro="You and they do not see each other anywhere. Nobody is told.">
        <DistantPeople viewer={viewer} kind="block" />
      </SettingsSection>
      <SettingsSection id="restricted" title="Restricted people" intro="Their comments on your posts wait until you let them through, and they see no read marks. They are not told.">
        <DistantPeople viewer={viewer} kind="restrict" />
      </SettingsSection>
      <SettingsSection id="muted" title="Muted people" intro="You still follow each other, but their posts stay out of your sight. They are not told.">
        <DistantPeople viewer={viewer} kind="mute" />
      </SettingsSection>
    </SettingsPage>
  );
}
