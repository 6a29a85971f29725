import { TabLinks } from "@/components/ui/tab-links";
import { TABS, type Tab } from "@/lib/notifications/types";

const TEXT: Record<Tab, string> = { all: "All", follows: "Follows", comments: "Comments", mentions: "Mentions & tags", likes: "Likes" };

export const tabOf = (asked: string | undefined): Tab => TABS.find((tab) => tab === asked) ?? "all";

export function NotificationTabs({ show }: { show: Tab }) {
  const items = TABS.map((tab) => ({ href: tab === "all" ? "/notifications" : `/notifications?show=${tab}`, text: TEXT[tab], current: tab === show }));
  return <TabLinks label="Kinds of notifications" items={items} className="mb-4 px-4 md:px-0" />;
}
