import type { ReactNode } from "react";
import { listPasskeys } from "@/lib/accounts/passkeys";
import { isRecentlyProven } from "@/lib/accounts/proof";
import { getTwoFactor } from "@/lib/accounts/two-factor";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { ProveForm } from "./prove-form";
import { SettingsSection } from "./settings-page";

/** Shows what is dangerous only to whoever has lately proved on this device who they are. The actions ask again for themselves. */
export async function Proven({ viewer, children }: { viewer: Viewer; children: () => Promise<ReactNode> }) {
  if (await isRecentlyProven(viewer)) return children();
  const [{ enabled }, passkeys] = await Promise.all([getTwoFactor(viewer), listPasskeys(viewer)]);
  return (
    <SettingsSection id="prove" title="Confirm that it is you" intro="This opens your account to whoever does it, so it asks again. You are not asked a second time within 15 minutes.">
      <ProveForm username={viewer.username} hasCodes={enabled} hasPasskeys={passkeys.length > 0} />
    </SettingsSection>
  );
}
