import type { Metadata } from "next";
import { DistantPeople } from "@/components/accounts/distant-people";
import { PrivacyForm } from "@/components/accounts/privacy-form";
import { SettingsPage, SettingsSection } from "@/components/accounts/settings-page";
import { FollowRequests } from "@/components/graph/follow-requests";
import { countFollowRequests, listBlocked, listMuted } from "@/lib/graph/queries";
import { unauthenticated } from "@/lib/platform/errors";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: "Privacy" };

const ALL = { limit: 100, cursor: null };

export default async function PrivacySettingsPage() {
  const viewer = await getViewer();
  if (!viewer) throw unauthenticated();
  const [waiting, blocked, muted] = await Promise.all([countFollowRequests(viewer), listBlocked(viewer, ALL), listMuted(viewer, ALL)]);
  return (
    <SettingsPage current="privacy">
      <SettingsSection id="account-privacy" title="Who sees your photos">
        <PrivacyForm isPrivate={viewer.isPrivate} waiting={waiting} />
      </SettingsSection>
      <FollowRequests viewer={viewer} />
      <SettingsSection id="blocked" title="Blocked people" intro="You and they do not see each other anywhere. Nobody is told.">
        <DistantPeople kind="block" people={blocked.items} />
      </SettingsSection>
      <SettingsSection id="muted" title="Muted people" intro="You still follow each other, but their posts stay out of your feed. They are not told.">
        <DistantPeople kind="mute" people={muted.items} />
      </SettingsSection>
    </SettingsPage>
  );
}
