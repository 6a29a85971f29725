import type { Metadata } from "next";
import { DeleteAccountForm } from "@/components/accounts/delete-account-form";
import { DeviceList } from "@/components/accounts/device-list";
import { PasswordForm } from "@/components/accounts/password-form";
import { SettingsPage, SettingsSection } from "@/components/accounts/settings-page";
import { listDevices } from "@/lib/accounts/sessions";
import { unauthenticated } from "@/lib/platform/errors";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: "Security" };

export default async function SecuritySettingsPage() {
  const viewer = await getViewer();
  if (!viewer) throw unauthenticated();
  const devices = await listDevices(viewer);
  return (
    <SettingsPage current="security">
      <SettingsSection id="password" title="Password" intro="Changing it signs you out everywhere else.">
        <PasswordForm username={viewer.username} />
      </SettingsSection>
      <SettingsSection id="devices" title="Signed-in devices" intro="If you do not know one of them, sign it out and change your password.">
        <DeviceList devices={devices} />
      </SettingsSection>
      <SettingsSection id="delete" title="Delete account" intro="Your profile and everything you posted disappear at once.">
        <DeleteAccountForm />
      </SettingsSection>
    </SettingsPage>
  );
}
