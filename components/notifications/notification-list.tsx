import { EmptyState } from "@/components/ui/empty-state";
import { BellIcon } from "@/components/ui/icons";
import { Endless } from "@/components/feed/endless";
import { servedAt } from "@/components/interactions/served-at";
import { listNotifications } from "@/lib/notifications/queries";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { moreNotifications } from "./actions";
import { loadFollowers } from "./followers";
import { MarkRead } from "./mark-read";
import { NotificationSections } from "./notification-sections";
import { NOTIFICATIONS_PART } from "./sections";

export async function NotificationList({ viewer }: { viewer: Viewer }) {
  const { items, nextCursor } = await listNotifications(viewer, { limit: NOTIFICATIONS_PART, cursor: null });
  const [newest] = items;
  if (!newest) {
    return <EmptyState icon={<BellIcon />} title="Nothing new yet">Likes, comments and new followers appear here.</EmptyState>;
  }
  const now = servedAt();
  return (
    <>
      {newest.is_read ? null : <MarkRead upTo={newest.id} />}
      <Endless name="notifications" next={nextCursor} more={moreNotifications} args={{}} as="div">
        <NotificationSections items={items} followers={await loadFollowers(viewer, items)} now={now} />
      </Endless>
    </>
  );
}
