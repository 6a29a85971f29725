import type { Metadata } from "next";
import { BackToSecurity } from "@/components/accounts/back-to-security";
import { Proven } from "@/components/accounts/proven";
import { SettingsPage, SettingsSection } from "@/components/accounts/settings-page";
import { TwoFactorPanel } from "@/components/accounts/two-factor-panel";
import { qrImage } from "@/lib/accounts/qr";
import { getPendingSetup, getTwoFactor } from "@/lib/accounts/two-factor";
import { unauthenticated } from "@/lib/platform/errors";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: "Two-step sign-in" };

export default async function TwoFactorPage() {
  const viewer = await getViewer();
  if (!viewer) throw unauthenticated();
  return (
    <SettingsPage current="security">
      <BackToSecurity />
      <Proven viewer={viewer}>
        {async () => {
          const [view, pending] = await Promise.all([getTwoFactor(viewer), getPendingSetup(viewer)]);
          const setup = pending && { ...pending, qr: await qrImage(pending.uri) };
          return (
            <SettingsSection id="two-factor" title="Two-step sign-in" intro="After your password, signing in asks for a code from an authenticator app. Passkeys count as both.">
              <TwoFactorPanel username={viewer.username} view={view} setup={setup} />
            </SettingsSection>
          );
        }}
      </Proven>
    </SettingsPage>
  );
}
