import { Endless } from "@/components/feed/endless";
import { servedAt } from "@/components/interactions/served-at";
import { EmptyState } from "@/components/ui/empty-state";
import { AtSignIcon, BellIcon, CommentIcon, HeartIcon, UsersIcon } from "@/components/ui/icons";
import { listNotifications } from "@/lib/notifications/queries";
import type { Tab } from "@/lib/notifications/types";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { moreNotifications } from "./actions";
import { loadFollowers } from "./followers";
import { LiveNotifications } from "./live-notifications";
import { MarkRead } from "./mark-read";
import { NotificationSections } from "./notification-sections";
import { NOTIFICATIONS_PART } from "./sections";

const EMPTY = {
  all: { icon: <BellIcon />, title: "Nothing new yet", text: "Likes, comments and new followers appear here." },
  follows: { icon: <UsersIcon />, title: "Nobody new yet", text: "New followers, and people who ask to follow you, appear here." },
  comments: { icon: <CommentIcon />, title: "No comments yet", text: "Comments on your posts and replies to you appear here." },
  mentions: { icon: <AtSignIcon />, title: "Not mentioned yet", text: "When somebody mentions you, tags you in a photo or invites you to share a post, it appears here." },
  likes: { icon: <HeartIcon />, title: "No likes yet", text: "Likes of your posts and comments appear here." },
} as const;

export async function NotificationList({ viewer, show }: { viewer: Viewer; show: Tab }) {
  const { items, nextCursor } = await listNotifications(viewer, { limit: NOTIFICATIONS_PART, cursor: null }, show);
  const [newest] = items;
  if (!newest) {
    const { icon, title, text } = EMPTY[show];
    return (
      <>
        <LiveNotifications newest={null} />
        <EmptyState icon={icon} title={title}>{text}</EmptyState>
      </>
    );
  }
  const now = servedAt();
  return (
    <>
      <LiveNotifications newest={`${newest.id} ${newest.created_at}`} />
      {/* Of a tab only some were in sight; what is read is known by one mark for all. */}
      {newest.is_read || show !== "all" ? null : <MarkRead upTo={newest.id} />}
      <Endless key={show} name={`notifications-${show}`} next={nextCursor} more={moreNotifications} args={{ show }} as="div">
        <NotificationSections items={items} followers={await loadFollowers(viewer, items)} now={now} />
      </Endless>
    </>
  );
}
