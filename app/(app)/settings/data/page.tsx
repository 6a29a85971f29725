import type { Metadata } from "next";
import { BreakForm } from "@/components/accounts/break-form";
import { DeleteAccountForm } from "@/components/accounts/delete-account-form";
import { ProveForm } from "@/components/accounts/prove-form";
import { SettingsPage, SettingsSection } from "@/components/accounts/settings-page";
import { PackedData } from "@/components/exports/packed-data";
import { listPasskeys } from "@/lib/accounts/passkeys";
import { isRecentlyProven } from "@/lib/accounts/proof";
import { getTwoFactor } from "@/lib/accounts/two-factor";
import { listExports } from "@/lib/exports/queries";
import { unauthenticated } from "@/lib/platform/errors";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: "Your data" };

export default async function DataSettingsPage() {
  const viewer = await getViewer();
  if (!viewer) throw unauthenticated();
  const [exports, isProven, { enabled: hasCodes }, passkeys] = await Promise.all([listExports(viewer), isRecentlyProven(viewer), getTwoFactor(viewer), listPasskeys(viewer)]);
  const proof = isProven ? null : <ProveForm username={viewer.username} label="Password for the download" hasCodes={hasCodes} hasPasskeys={passkeys.length > 0} />;
  return (
    <SettingsPage current="data">
      <SettingsSection id="download" title="Download everything" intro="Your posts with their pictures as you brought them, and all else that we keep about you, in one ZIP: pages to look at without a server, and files for programs.">
        <PackedData exports={exports} proof={proof} username={viewer.username} />
      </SettingsSection>
      <SettingsSection id="break" title="Take a break" intro="Nobody sees you or what you posted until you log in again.">
        <BreakForm username={viewer.username} />
      </SettingsSection>
      <SettingsSection id="delete" title="Delete account" intro="Your profile and everything you posted disappear at once, and after 30 days for good.">
        <DeleteAccountForm hasCodes={hasCodes} />
      </SettingsSection>
    </SettingsPage>
  );
}
