import type { Metadata } from "next";
import { SettingsPage, SettingsSection } from "@/components/accounts/settings-page";
import { readTheme } from "@/components/shell/theme";
import { ThemeChoice } from "@/components/shell/theme-choice";

export const metadata: Metadata = { title: "Appearance" };

export default async function AppearanceSettingsPage() {
  return (
    <SettingsPage current="appearance">
      <SettingsSection id="theme" title="Light or dark" intro="System follows your device, by day and by night.">
        <ThemeChoice theme={await readTheme()} />
      </SettingsSection>
    </SettingsPage>
  );
}
