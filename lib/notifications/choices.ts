import "server-only";
import { sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { type Channel, type Topic, TOPICS, wayOf } from "./topics";
import type { ChoicesView, TopicChoice } from "./types";

export { TOPICS, topicOf } from "./topics";

/** What holds for those who have changed nothing; as the columns' defaults. */
const DEFAULT: TopicChoice = { in_app: true, push: true, mail: true, from: "everyone" };

type Row = { topic: Topic; in_app: boolean; push: boolean; mail: boolean; followed_only: boolean };

/** How a person wants to be told. */
export async function readChoices(userId: string, executor: Executor = db()): Promise<ChoicesView> {
  const rows = await executor.execute<Row>(sql`select topic, in_app, push, mail, followed_only from notification_choices where user_id = ${userId}::bigint`);
  const [quiet] = await executor.execute<{ from_minute: number; to_minute: number; time_zone: string }>(sql`select from_minute, to_minute, time_zone from quiet_hours where user_id = ${userId}::bigint`);
  const chosen = new Map([...rows].map(({ topic, followed_only: only, ...ways }) => [topic, { ...ways, from: only ? ("followed" as const) : ("everyone" as const) }]));
  return {
    topics: Object.fromEntries(TOPICS.map((topic) => [topic, chosen.get(topic) ?? DEFAULT])) as ChoicesView["topics"],
    quiet_hours: quiet ? { from: clock(quiet.from_minute), to: clock(quiet.to_minute), time_zone: quiet.time_zone } : null,
  };
}

const clock = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** Whether a person wants to be told of a topic in this way. What is off in the app is told nowhere: only its notices are sent on. */
export async function wants(userId: string, topic: Topic, channel: Channel): Promise<boolean> {
  if (wayOf(topic, channel) !== "chosen") return wayOf(topic, channel) === "always";
  const [row] = await db().execute<Row>(sql`select topic, in_app, push, mail, followed_only from notification_choices where user_id = ${userId}::bigint and topic = ${topic}`);
  return row === undefined || (row[channel] && (row.in_app || wayOf(topic, "in_app") !== "chosen"));
}

/** Until when nothing is to make a sound, if it is not to now; by the clock of the person's time zone, also where it is put forward or back. */
export async function quietUntil(userId: string, now: Date): Promise<Date | null> {
  const [row] = await db().execute<{ until: string | null }>(sql`
    with quiet as (
      select make_interval(mins => from_minute) as begins, make_interval(mins => to_minute) as ends, time_zone, ${now.toISOString()}::timestamptz at time zone time_zone as wall
      from quiet_hours where user_id = ${userId}::bigint),
    placed as (select *, date_trunc('day', wall) as today, wall - date_trunc('day', wall) as spent, begins > ends as over_midnight from quiet)
    select (case when over_midnight and spent >= begins then today + interval '1 day' + ends when (over_midnight and spent < ends) or (not over_midnight and spent >= begins and spent < ends) then today + ends end) at time zone time_zone as until
    from placed`);
  return row?.until ? new Date(row.until) : null;
}
