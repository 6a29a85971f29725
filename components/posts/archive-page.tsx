import type { ReactNode } from "react";
import { SettingsPage } from "@/components/accounts/settings-page";
import { SegmentedLinks } from "@/components/ui/segmented";

const LISTS = [
  { id: "archive", href: "/settings/archive", text: "Archive" },
  { id: "deleted", href: "/settings/archive/deleted", text: "Recently deleted" },
  { id: "scheduled", href: "/settings/archive/scheduled", text: "Scheduled" },
] as const;

type Props = { current: (typeof LISTS)[number]["id"]; title: string; intro: ReactNode; children: ReactNode };

/** What of one's own posts only oneself sees, under the settings' tabs. */
export function ArchivePage({ current, title, intro, children }: Props) {
  return (
    <SettingsPage current="archive">
      <div className="flex flex-col gap-6">
        <SegmentedLinks label="Your posts" className="self-start" items={LISTS.map(({ id, href, text }) => ({ href, text, current: id === current }))} />
        <section aria-label={title}>
          <h2 className="text-xl">{title}</h2>
          <p className="mt-1 text-ui text-muted">{intro}</p>
          <div className="mt-5">{children}</div>
        </section>
      </div>
    </SettingsPage>
  );
}
