import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { Letter } from "@/lib/platform/mail/letter";
import { postMail } from "@/lib/platform/mail/outbox";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { readChoices } from "../choices";
import { listNotifications } from "../queries";
import { sentenceOf } from "../sentence";
import { topicOf } from "../topics";
import type { NotificationView } from "../types";
import { addressOf } from "../wording";
import { isShowable, readRecipient } from "./recipient";
import { unsubscribeToken } from "./unsubscribe";

/** The hour of the day, where the person is, from which on it is sent. */
const HOUR = 8;
const SHOWN = 20;
/** Beyond these nobody counts. */
const MOST = 300;

/** SQL: the first day of the day or week whose digest is the newest that may be sent at `now`; a day begins at eight. */
export const periodAt = (now: Date, frequency: SQL = sql`d.frequency`, zone: SQL = sql`d.time_zone`): SQL =>
  sql`date_trunc(case ${frequency} when 'weekly' then 'week' else 'day' end, (${now.toISOString()}::timestamptz at time zone ${zone}) - make_interval(hours => ${HOUR}))::date`;

/** SQL: the digest of `d` is due, and there is somebody with an address to send it to. */
const isDue = (now: Date): SQL => sql`d.frequency <> 'off' and d.sent_for < ${periodAt(now)} and u.email_verified_at is not null and u.deleted_at is null and u.deactivated_at is null and u.suspended_at is null`;

/** Whose digest is due, by id, from after the person `after`. */
export async function listDueDigests(after: string, limit: number, now = new Date()): Promise<string[]> {
  const rows = await db().execute<{ user_id: string }>(sql`
    select d.user_id from digest_settings d join users u on u.id = d.user_id where d.user_id > ${after}::bigint and ${isDue(now)} order by d.user_id limit ${limit}::int`);
  return rows.map(({ user_id }) => user_id);
}

type Due = { email: string; period: string; told_until: string };

/** Writes a person's digest, if it is due and something is new. Once for a day or week, however often this runs: what is written and that it was are one transaction. */
export async function sendDigest(userId: string, now = new Date()): Promise<void> {
  await db().transaction(async (tx) => {
    const [due] = await tx.execute<Due>(sql`
      select u.email, ${periodAt(now)}::text as period, d.told_until::text from digest_settings d join users u on u.id = d.user_id
      where d.user_id = ${userId}::bigint and ${isDue(now)} for update of d skip locked`);
    const viewer = due && (await readRecipient(userId));
    if (!viewer) return;
    const items = await listNew(viewer, new Date(due.told_until));
    await tx.execute(sql`update digest_settings set sent_for = ${due.period}::date, told_until = ${now.toISOString()}::timestamptz where user_id = ${userId}::bigint`);
    if (items.length === 0) return;
    const token = unsubscribeToken(userId);
    await postMail(tx, { userId, kind: "digest", recipient: due.email, unsubscribePath: `/unsubscribe/${token}` }, writeDigest(viewer, items, token));
  });
}

/** What this person has not read and was not told by mail, newest first, as their page shows it now. */
async function listNew(viewer: Viewer, since: Date): Promise<NotificationView[]> {
  const found: NotificationView[] = [];
  const { topics } = await readChoices(viewer.id);
  for (let cursor: string | null = null; ; ) {
    const page = await listNotifications(viewer, { cursor, limit: 50 });
    for (const item of page.items) {
      if (item.is_read || Date.parse(item.created_at) <= since.getTime()) return found;
      // Of the account's security each mail went at once.
      if (item.kind !== "security" && isShowable(item) && topics[topicOf(item.kind)].mail) found.push(item);
    }
    cursor = page.nextCursor;
    if (cursor === null || found.length >= MOST) return found;
  }
}

function writeDigest(viewer: Viewer, items: NotificationView[], token: string): Letter {
  const more = items.length - SHOWN;
  return {
    subject: items.length === 1 ? "One new notification" : `${items.length >= MOST ? `${MOST} or more` : items.length} new notifications`,
    lines: [`Hello @${viewer.username},`, "this is new, and you have not seen it yet:"],
    list: items.slice(0, SHOWN).map((item) => ({ text: sentenceOf(item), path: addressOf(item) })),
    link: { text: more > 0 ? `See these and ${more} more` : "See all notifications", path: "/notifications" },
    after: ["You get this mail because you asked for it in your settings. It comes only when something is new."],
    foot: { text: "Stop these mails", path: `/unsubscribe?token=${token}` },
  };
}
