import type { Metadata } from "next";
import { AddressForm } from "@/components/accounts/address-form";
import { DeviceList } from "@/components/accounts/device-list";
import { PasswordForm } from "@/components/accounts/password-form";
import { SecurityLink } from "@/components/accounts/security-link";
import { SettingsPage, SettingsSection } from "@/components/accounts/settings-page";
import { getAddress } from "@/lib/accounts/email";
import { listPasskeys } from "@/lib/accounts/passkeys";
import { listDevices } from "@/lib/accounts/sessions";
import { getTwoFactor } from "@/lib/accounts/two-factor";
import { unauthenticated } from "@/lib/platform/errors";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: "Security" };

export default async function SecuritySettingsPage() {
  const viewer = await getViewer();
  if (!viewer) throw unauthenticated();
  const [address, twoFactor, passkeys, devices] = await Promise.all([getAddress(viewer), getTwoFactor(viewer), listPasskeys(viewer), listDevices(viewer)]);
  return (
    <SettingsPage current="security">
      <SettingsSection id="address" title="E-mail address" intro="Nobody else sees it. Links to get back in and warnings go there.">
        <AddressForm address={address} />
      </SettingsSection>
      <SettingsSection id="password" title="Password" intro="Changing it signs you out everywhere else.">
        <PasswordForm username={viewer.username} />
      </SettingsSection>
      <SettingsSection id="two-factor" title="Two-step sign-in" intro="Besides the password, signing in asks for a code that only your phone knows.">
        <SecurityLink href="/settings/security/two-factor" state={twoFactor.enabled ? "On" : "Off"} action={twoFactor.enabled ? "Change" : "Set up"} name="two-step sign-in" />
      </SettingsSection>
      <SettingsSection id="passkeys" title="Passkeys" intro="Sign in with your finger, your face or your screen lock instead of the password.">
        <SecurityLink href="/settings/security/passkeys" state={howMany(passkeys.length)} action={passkeys.length === 0 ? "Add" : "Change"} name="passkeys" />
      </SettingsSection>
      <SettingsSection id="devices" title="Signed-in devices" intro="If you do not know one of them, sign it out and change your password. New ones are told to you by mail.">
        <DeviceList devices={devices} />
      </SettingsSection>
    </SettingsPage>
  );
}

function howMany(passkeys: number): string {
  if (passkeys === 0) return "None yet";
  return passkeys === 1 ? "One passkey" : `${passkeys} passkeys`;
}
