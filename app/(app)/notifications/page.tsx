import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { WaitingNotice } from "@/components/comments/waiting-notice";
import { NotificationList } from "@/components/notifications/notification-list";
import { Page } from "@/components/ui/page";
import { getViewer } from "@/lib/platform/viewer/viewer";

export const metadata: Metadata = { title: "Notifications", robots: { index: false } };

/** What others did that concerns the viewer, newest first. */
export default async function NotificationsPage() {
  const viewer = await getViewer();
  if (!viewer) redirect("/login?next=/notifications");
  return (
    <Page title="Notifications">
      <WaitingNotice viewer={viewer} />
      <NotificationList viewer={viewer} />
    </Page>
  );
}
