import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { prepared } from "@/db/prepared";
import { signal } from "@/lib/platform/realtime/signal";
import { lockRecipient, tellWithin } from "./notifier";

/** Numbers that are told when they are reached. */
const NUMBERS = [10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

type Reached = { userId: string; of: "likes" | "followers"; count: number; /** The post with these likes. */ postId?: string };

const toldOf = prepared<object, "userId" | "subjectId" | "count">("milestone told", (arg) => sql`
  select 1 from milestones where user_id = ${arg("userId")}::bigint and subject_id = ${arg("subjectId")}::bigint and count = ${arg("count")}::int`);

/** Tells of the highest number that `count` has reached; each is told once ever, and what was passed in a leap not at all. */
export async function tellMilestone({ userId, of, count, postId }: Reached): Promise<void> {
  const passed = NUMBERS.filter((number) => number <= count);
  const most = passed.at(-1);
  if (most === undefined) return;
  const subjectId = postId ?? userId;
  // Nearly always the case; without a lock, since a famous post asks for each of its likes.
  if ((await toldOf({ userId, subjectId, count: most })).length > 0) return;
  const isTold = await db().transaction(async (tx) => {
    await lockRecipient(tx, userId);
    const fresh = await tx.execute<{ count: number }>(sql`
      insert into milestones (user_id, subject_id, count) select ${userId}::bigint, ${subjectId}::bigint, n from unnest(${`{${passed.join(",")}}`}::text::int[]) n
      where exists (select 1 from users where id = ${userId}::bigint) on conflict do nothing returning count`);
    if (!fresh.some((row) => row.count === most)) return false;
    const key = `milestone:${of}:${subjectId}:${most}`;
    return tellWithin(tx, { userId, actorId: userId, kind: "milestone", groupKey: key, dedupeKey: key, postId, detail: { of, count: most } });
  });
  if (isTold) signal({ event: "notification", id: userId });
}
