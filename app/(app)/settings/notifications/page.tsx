import type { Metadata } from "next";
import { SettingsPage, SettingsSection } from "@/components/accounts/settings-page";
import { DigestForm } from "@/components/notifications/digest-form";
import { PushSection } from "@/components/notifications/push-section";
import { getDigest } from "@/lib/notifications/delivery/digest-settings";
import { listPushDevices } from "@/lib/notifications/delivery/subscriptions";
import { unauthenticated } from "@/lib/platform/errors";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: "Notifications" };

export default async function NotificationSettingsPage() {
  const viewer = await getViewer();
  if (!viewer) throw unauthenticated();
  const [devices, digest] = await Promise.all([listPushDevices(viewer), getDigest(viewer)]);
  return (
    <SettingsPage current="notifications">
      <SettingsSection id="push" title="Push on this device" intro="Likes, comments and what else concerns you, as notifications of your phone or computer.">
        <PushSection devices={devices} />
      </SettingsSection>
      <SettingsSection id="digest" title="By mail" intro="What you have not looked at yet, in one mail.">
        <DigestForm digest={digest} />
      </SettingsSection>
    </SettingsPage>
  );
}
