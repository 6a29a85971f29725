import { sentenceOf } from "../sentence";
import type { NotificationKind, NotificationView } from "../types";
import { addressOf } from "../wording";

/** What public/sw.js is given: `tag` has the same group take its own place, `unread` goes on the app's icon. */
export type PushMessage = { title: string; body: string; tag: string; url: string; unread: number };

const TITLES: Record<NotificationKind, string> = {
  follow: "New follower", follow_request: "Follow request", follow_accepted: "Request accepted", like: "New like", comment: "New comment", reply: "New reply", mention: "You were mentioned",
  comment_like: "New like", tag: "You were tagged", tag_request: "May they tag you?", collaboration: "An invitation", collaboration_accepted: "Invitation accepted", repost: "New repost", collection_shared: "An invitation",
  milestone: "A milestone", security: "Your account",
};

/** A notification as a push, with nothing that its line on the page does not say. */
export function messageOf(item: NotificationView, unread: number): PushMessage {
  return { title: TITLES[item.kind], body: sentenceOf(item), tag: `n${item.id}`, url: addressOf(item), unread };
}

export const TEST_MESSAGE: Omit<PushMessage, "unread"> = { title: "It works", body: "Notifications reach this device.", tag: "test", url: "/settings/notifications" };
