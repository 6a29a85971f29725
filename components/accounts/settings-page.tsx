// <SettingsPage current="privacy" title="Privacy">…</SettingsPage>   A page of the settings under their tabs.
import Link from "next/link";
import type { ReactNode } from "react";
import { Page } from "@/components/ui/page";
import { TabLinks } from "@/components/ui/tab-links";

const SECTIONS = [
  { id: "profile", href: "/settings", text: "Profile" },
  { id: "privacy", href: "/settings/privacy", text: "Privacy" },
  { id: "circles", href: "/settings/circles", text: "Circles" },
  { id: "comments", href: "/settings/comments", text: "Comments" },
  { id: "notifications", href: "/settings/notifications", text: "Notifications" },
  { id: "archive", href: "/settings/archive", text: "Archive" },
  { id: "feed", href: "/settings/feed", text: "Feed" },
  { id: "security", href: "/settings/security", text: "Security" },
  { id: "data", href: "/settings/data", text: "Your data" },
  { id: "appearance", href: "/settings/appearance", text: "Appearance" },
] as const;

type Props = { current: (typeof SECTIONS)[number]["id"]; children: ReactNode };

export function SettingsPage({ current, children }: Props) {
  return (
    <Page title="Settings">
      <TabLinks label="Settings" items={SECTIONS.map(({ id, href, text }) => ({ href, text, current: id === current }))} className="mb-8 px-4 md:px-0" />
      <div className="flex flex-col gap-12 px-4 md:px-0">{children}</div>
      <footer className="mt-16 border-t border-line px-4 pt-5 text-ui text-muted md:px-0">
        Scripts and apps of your own can do all of this, too: <Link href="/developers" className="text-link">for developers</Link>.
      </footer>
    </Page>
  );
}

/** A part of such a page with its heading. */
export function SettingsSection({ id, title, intro, children }: { id: string; title: string; intro?: ReactNode; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="text-xl">{title}</h2>
      {intro ? <p className="mt-1 text-ui text-muted">{intro}</p> : null}
      <div className="mt-5">{children}</div>
    </section>
  );
}
