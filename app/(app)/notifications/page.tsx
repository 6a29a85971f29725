import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { WaitingNotice } from "@/components/comments/waiting-notice";
import { NotificationList } from "@/components/notifications/notification-list";
import { NotificationTabs, tabOf } from "@/components/notifications/notification-tabs";
import { IconLink } from "@/components/ui/icon-button";
import { SettingsIcon } from "@/components/ui/icons";
import { Page } from "@/components/ui/page";
import { getViewer } from "@/lib/platform/viewer/viewer";

type Props = { searchParams: Promise<{ show?: string }> };

export const metadata: Metadata = { title: "Notifications", robots: { index: false } };

/** What others did that concerns the viewer, newest first. */
export default async function NotificationsPage({ searchParams }: Props) {
  const [viewer, { show }] = await Promise.all([getViewer(), searchParams]);
  if (!viewer) redirect("/login?next=/notifications");
  return (
    <Page title="Notifications" action={<IconLink href="/settings/notifications" prefetch={false} label="Notification settings" className="-mr-2.5"><SettingsIcon /></IconLink>}>
      <WaitingNotice viewer={viewer} />
      <NotificationTabs show={tabOf(show)} />
      <NotificationList viewer={viewer} show={tabOf(show)} />
    </Page>
  );
}
