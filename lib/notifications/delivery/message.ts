import type { MessageNotice } from "@/lib/messages/notice";
import { cutLine, QUOTED, sentenceOf } from "../sentence";
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

const SENT: Record<Exclude<MessageNotice["what"], "text">, string> = { photo: "Sent a photo", video: "Sent a video", voice: "Sent a voice note", shared: "Shared something with you" };

/** The newest of a conversation as a push: in a group after who wrote it; of strangers, and of what the person hides, not the words. */
export function messageOfConversation(notice: MessageNotice, unread: number): PushMessage {
  const { kind, name, sender, text, what, is_request: isRequest } = notice;
  const said = isRequest ? "Wants to write to you" : text === null ? (what === "text" ? "Wrote to you" : SENT[what]) : cutLine(text, QUOTED);
  const isGroup = kind === "group";
  // A name that strangers gave it would say for them what they are not to say yet.
  return { title: isGroup ? ((!isRequest && name) || "A group") : sender.username, body: isGroup ? `${sender.username}: ${said}` : said, tag: `m${notice.thread_id}`, url: `/direct/${notice.thread_id}`, unread };
}

export const TEST_MESSAGE: Omit<PushMessage, "unread"> = { title: "It works", body: "Notifications reach this device.", tag: "test", url: "/settings/notifications" };
