import type { Metadata } from "next";
import { SettingsPage, SettingsSection } from "@/components/accounts/settings-page";
import { ChoicesForm } from "@/components/notifications/choices-form";
import { QuietForm } from "@/components/notifications/quiet-form";
import { readChoices } from "@/lib/notifications/choices";
import { OPEN_WAYS } from "@/lib/notifications/topics";
import { unauthenticated } from "@/lib/platform/errors";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: "Notification settings" };

export default async function NotificationSettingsPage() {
  const viewer = await getViewer();
  if (!viewer) throw unauthenticated();
  const { topics, quiet_hours: quiet } = await readChoices(viewer.id);
  return (
    <SettingsPage current="notifications">
      <SettingsSection id="topics" title="What you are told" intro={OPEN_WAYS.length > 1 ? "What is off in the app is not sent in any other way." : "You are told of what is on."}>
        <ChoicesForm topics={topics} channels={OPEN_WAYS} />
      </SettingsSection>
      {OPEN_WAYS.includes("push") ? (
        <SettingsSection id="quiet" title="When it is quiet" intro="Between these times nothing is pushed to your devices.">
          <QuietForm quiet={quiet} zones={Intl.supportedValuesOf("timeZone")} />
        </SettingsSection>
      ) : null}
    </SettingsPage>
  );
}
