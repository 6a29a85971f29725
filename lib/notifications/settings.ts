import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { invalidField } from "@/lib/platform/errors";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { getVisiblePostRef } from "@/lib/posts/queries";
import { readChoices } from "./choices";
import type { ChoicesPatch } from "./schemas";
import type { Topic } from "./topics";
import type { ChoicesView, TopicChoice } from "./types";

type Person = Pick<Viewer, "id">;
type Quiet = NonNullable<ChoicesView["quiet_hours"]>;

/** Keeps what is given; what is left out stays. Throws invalid for a time zone that the database does not know. */
export async function setChoices(viewer: Person, { topics = {}, quiet_hours: quiet }: ChoicesPatch): Promise<ChoicesView> {
  if (quiet) await requireZone(quiet.time_zone);
  return db().transaction(async (tx) => {
    for (const [topic, choice] of Object.entries(topics)) if (choice) await setTopic(tx, viewer.id, topic as Topic, choice);
    // Only what differs from the default is kept.
    await tx.execute(sql`delete from notification_choices where user_id = ${viewer.id}::bigint and in_app and push and mail and not followed_only`);
    if (quiet === null) await tx.execute(sql`delete from quiet_hours where user_id = ${viewer.id}::bigint`);
    if (quiet) await setQuiet(tx, viewer.id, quiet);
    return readChoices(viewer.id, tx);
  });
}

async function setTopic(tx: Transaction, userId: string, topic: Topic, { in_app: inApp, push, mail, from }: Partial<TopicChoice>): Promise<void> {
  const only = from === undefined ? null : from === "followed";
  await tx.execute(sql`
    insert into notification_choices as c (user_id, topic, in_app, push, mail, followed_only)
    values (${userId}::bigint, ${topic}, ${inApp ?? true}, ${push ?? true}, ${mail ?? true}, ${only ?? false})
    on conflict (user_id, topic) do update set in_app = coalesce(${inApp ?? null}::boolean, c.in_app), push = coalesce(${push ?? null}::boolean, c.push),
      mail = coalesce(${mail ?? null}::boolean, c.mail), followed_only = coalesce(${only}::boolean, c.followed_only)`);
}

const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

async function setQuiet(tx: Transaction, userId: string, { from, to, time_zone: zone }: Quiet): Promise<void> {
  await tx.execute(sql`
    insert into quiet_hours (user_id, from_minute, to_minute, time_zone) values (${userId}::bigint, ${minuteOf(from)}::smallint, ${minuteOf(to)}::smallint, ${zone})
    on conflict (user_id) do update set from_minute = excluded.from_minute, to_minute = excluded.to_minute, time_zone = excluded.time_zone`);
}

/** `quietUntil` reckons in the database, whose zones need not be those of this program. */
async function requireZone(zone: string): Promise<void> {
  try {
    await db().execute(sql`select now() at time zone ${zone}::text`);
  } catch (error) {
    if (codeOf(error) === UNKNOWN_ZONE) throw invalidField("quiet_hours.time_zone", "This time zone is not known here. Choose another one.");
    throw error;
  }
}

/** Postgres: invalid_parameter_value. */
const UNKNOWN_ZONE = "22023";
const codeOf = (error: unknown): unknown => (error as { code?: unknown; cause?: { code?: unknown } }).cause?.code ?? (error as { code?: unknown }).code;

type PostNotices = { notifications: boolean };

/** Whether the viewer is told of what happens under a post. Throws not_found. */
export async function getPostNotices(viewer: Viewer, postId: string): Promise<PostNotices> {
  await getVisiblePostRef(db(), viewer, postId);
  const rows = await db().execute(sql`select 1 from notification_mutes where user_id = ${viewer.id}::bigint and post_id = ${postId}::bigint`);
  return { notifications: rows.length === 0 };
}

/** Has the viewer told of it or not, from now on. Again changes nothing. Throws not_found. */
export async function setPostNotices(viewer: Viewer, postId: string, on: boolean): Promise<PostNotices> {
  await getVisiblePostRef(db(), viewer, postId);
  await db().execute(on
    ? sql`delete from notification_mutes where user_id = ${viewer.id}::bigint and post_id = ${postId}::bigint`
    : sql`insert into notification_mutes (user_id, post_id) values (${viewer.id}::bigint, ${postId}::bigint) on conflict do nothing`);
  return { notifications: on };
}
