import type { Metadata } from "next";
import { AddPasskey } from "@/components/accounts/add-passkey";
import { BackToSecurity } from "@/components/accounts/back-to-security";
import { PasskeyList } from "@/components/accounts/passkey-list";
import { Proven } from "@/components/accounts/proven";
import { SettingsPage, SettingsSection } from "@/components/accounts/settings-page";
import { listPasskeys } from "@/lib/accounts/passkeys";
import { unauthenticated } from "@/lib/platform/errors";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: "Passkeys" };

export default async function PasskeysPage() {
  const viewer = await getViewer();
  if (!viewer) throw unauthenticated();
  return (
    <SettingsPage current="security">
      <BackToSecurity />
      <Proven viewer={viewer}>
        {async () => (
          <SettingsSection id="passkeys" title="Passkeys" intro="A passkey lives on your device or in your password manager, and nobody can guess it or talk you out of it.">
            <div className="flex flex-col gap-6">
              <PasskeyList passkeys={await listPasskeys(viewer)} />
              <AddPasskey />
            </div>
          </SettingsSection>
        )}
      </Proven>
    </SettingsPage>
  );
}
