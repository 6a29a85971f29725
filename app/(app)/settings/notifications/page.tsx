import type { Metadata } from "next";
import { SettingsPage, SettingsSection } from "@/components/accounts/settings-page";
import { ChoicesForm } from "@/components/notifications/choices-form";
import { DigestForm } from "@/components/notifications/digest-form";
import { PushSection } from "@/components/notifications/push-section";
import { QuietForm } from "@/components/notifications/quiet-form";
import { readChoices } from "@/lib/notifications/choices";
import { getDigest } from "@/lib/notifications/delivery/digest-settings";
import { listPushDevices } from "@/lib/notifications/delivery/subscriptions";
import { unauthenticated } from "@/lib/platform/errors";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: "Notification settings" };

export default async function NotificationSettingsPage() {
  const viewer = await getViewer();
  if (!viewer) throw unauthenticated();
  const [{ topics, quiet_hours: quiet }, devices, digest] = await Promise.all([readChoices(viewer.id), listPushDevices(viewer), getDigest(viewer)]);
  return (
    <SettingsPage current="notifications">
      <SettingsSection id="push" title="Push on this device" intro="Likes, comments and what else concerns you, as notifications of your phone or computer.">
        <PushSection devices={devices} />
      </SettingsSection>
      <SettingsSection id="topics" title="What you are told" intro="What is off in the app is not sent in any other way.">
        <ChoicesForm topics={topics} />
      </SettingsSection>
      <SettingsSection id="quiet" title="When it is quiet" intro="Between these times nothing is pushed to your devices.">
        <QuietForm quiet={quiet} zones={Intl.supportedValuesOf("timeZone")} />
      </SettingsSection>
      <SettingsSection id="digest" title="By mail" intro="What you have not looked at yet, in one mail.">
        <DigestForm digest={digest} />
      </SettingsSection>
    </SettingsPage>
  );
}
