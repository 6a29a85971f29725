import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { readMessageNotice } from "@/lib/messages/notice";
import { countUnreadThreads } from "@/lib/messages/queries";
import { conflict, unavailable } from "@/lib/platform/errors";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import { MOST_BYTES } from "@/lib/platform/push/encryption";
import { type PushOptions, type PushOutcome, sendPush } from "@/lib/platform/push/send";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { quietUntil, wants } from "../choices";
import { countUnread } from "../queries";
import { cutLine, QUOTED } from "../sentence";
import { topicOf } from "../topics";
import { type PushMessage, messageOf, messageOfConversation, TEST_MESSAGE } from "./message";
import { readRecipient, readShown, readUnread } from "./recipient";
import { readSubscriptions, type Subscription } from "./subscriptions";

const DAY_SECONDS = 86_400;
/** Refusals in a row after which a device is given up. */
const MOST_REFUSALS = 10;

/** What the app's icon shows: notifications and conversations in which something waits. */
async function countWaiting(viewer: Viewer): Promise<number> {
  const [notifications, { unread_count: threads }] = await Promise.all([countUnread(viewer), countUnreadThreads(viewer)]);
  return notifications + threads;
}

/** The group as a push for its person, if by now they still want it, have not read it and may see it. */
export async function composePush(notificationId: string, userId: string): Promise<PushMessage | null> {
  const group = await readUnread(notificationId);
  if (!group || group.user_id !== userId || !(await wants(userId, topicOf(group.kind), "push"))) return null;
  const viewer = await readRecipient(userId);
  const item = viewer && (await readShown(viewer, notificationId, group));
  return item ? messageOf(item, await countWaiting(viewer)) : null;
}

/** The conversation as a push for its person, if by now they still want it, have not read it and may see it. */
export async function composeMessagePush(threadId: string, userId: string): Promise<PushMessage | null> {
  const viewer = (await wants(userId, "messages", "push")) ? await readRecipient(userId) : null;
  const notice = viewer && (await readMessageNotice(userId, threadId));
  return notice ? messageOfConversation(notice, await countWaiting(viewer)) : null;
}

/** Until when a device is not to make a sound, if it is not to now: of a push that its service took late. */
export async function quietUntilOf(subscriptionId: string): Promise<Date | null> {
  const [subscription] = await readSubscriptions({ id: subscriptionId });
  return subscription ? quietUntil(subscription.user_id, new Date()) : null;
}

/** Sends to one device what `compose` makes for its person; judged at this moment, whatever was true when it was put in the queue. Null when there is nothing to send. */
export async function pushTo(subscriptionId: string, compose: (userId: string) => Promise<PushMessage | null>, signal: AbortSignal): Promise<PushOutcome | null> {
  const [subscription] = await readSubscriptions({ id: subscriptionId });
  const message = subscription && (await compose(subscription.user_id));
  return message ? deliver(subscription, message, { ttl: DAY_SECONDS, urgency: "normal", topic: message.tag, signal }) : null;
}

/** As one record takes it: where it would be too long (signs that JSON writes out, marks upon marks) it says less. */
export function textOf(message: PushMessage): string {
  const text = JSON.stringify(message);
  if (Buffer.byteLength(text) <= MOST_BYTES) return text;
  const cut = (words: string) => cutLine(words, QUOTED, 250);
  return JSON.stringify({ ...message, title: cut(message.title), body: cut(message.body) });
}

async function deliver(subscription: Subscription, message: PushMessage, options: PushOptions): Promise<PushOutcome> {
  const outcome = await sendPush(subscription, textOf(message), options);
  await record(subscription, outcome);
  return outcome;
}

/** By endpoint, too: the device may have a new one by now. */
async function record({ id, endpoint }: Subscription, outcome: PushOutcome): Promise<void> {
  const which = sql`id = ${id}::bigint and endpoint = ${endpoint}`;
  if (outcome.kind === "taken") await db().execute(sql`update push_subscriptions set last_ok_at = now(), failures = 0, problem = null, problem_at = null where ${which}`);
  else if (outcome.kind === "gone") await db().execute(sql`delete from push_subscriptions where ${which}`);
  else {
    await db().execute(sql`update push_subscriptions set failures = failures + 1, problem = ${outcome.problem.slice(0, 300)}, problem_at = now() where ${which}`);
    if (outcome.kind === "refused") await db().execute(sql`delete from push_subscriptions where ${which} and failures >= ${MOST_REFUSALS}`);
  }
}

/** Sends a try to the device that asks, at once. Throws conflict when it takes no pushes (any more), unavailable when its push service did not take it, too_many. */
export async function sendTest(viewer: Viewer): Promise<void> {
  await limit("push_tests", viewer.id);
  const [subscription] = await readSubscriptions({ sessionId: viewer.sessionId });
  if (!subscription) throw conflict("Notifications are not turned on on this device.");
  const outcome = await deliver(subscription, { ...TEST_MESSAGE, unread: await countWaiting(viewer) }, { ttl: 60, urgency: "high" });
  if (outcome.kind === "gone") throw conflict("This device takes no notifications any more. Turn them off and on again.");
  if (outcome.kind !== "taken") throw unavailable("The browser’s push service did not take it. Try again in a minute; if that does not help, turn notifications off and on again.", 60);
}
