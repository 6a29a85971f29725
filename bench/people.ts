import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { signToken } from "@/lib/platform/viewer/token";

export type BenchPerson = { id: string; username: string; followed: number; pulled: number; headers: { authorization: string }; cookie: { cookie: string } };
export type Kind = "ordinary" | "merging" | "heavy";
export type Readers = { label: string; people: BenchPerson[] };

/** Only those who have been here lately, as those are who ask. */
const lately = sql`u.email_key like '%@bench.invalid' and u.last_active_at > (select max(last_active_at) from users) - interval '7 days'`;
/** Looked at when those with the most are wanted: of millions it is a good sample. */
const SAMPLE = 3_000;

const FOUND: Record<Kind, (count: number) => ReturnType<typeof sql>> = {
  ordinary: (count) => sql`select u.id from users u where ${lately} and u.following_count between 50 and 100 order by hashint8(u.id) limit ${count}::int`,
  merging: (count) => sql`
    select id from (select u.id from users u where ${lately} and u.following_count between 50 and 300 order by hashint8(u.id) limit ${SAMPLE}::int) u
    cross join lateral (select count(*) as n from follows f join feed_authors a on a.author_id = f.followee_id where f.follower_id = u.id and f.state = 'active' and a.is_pulled) c
    order by c.n desc limit ${count}::int`,
  heavy: (count) => sql`select u.id from users u where ${lately} and u.following_count >= 1900 order by hashint8(u.id) limit ${count}::int`,
};

const LABELS: Record<Kind, string> = { ordinary: "ordinary reader", merging: "reader of pulled authors", heavy: "heavy reader" };

/** Up to `count` people of a kind, signed in, and what to call them: how many they follow, how many of those have their posts merged at read (medians). */
export async function readers(kind: Kind, count: number): Promise<Readers> {
  const people = await signedIn(FOUND[kind](count));
  const middle = (of: (person: BenchPerson) => number) => people.map(of).toSorted((a, b) => a - b)[Math.floor(people.length / 2)] ?? 0;
  return { label: `${LABELS[kind]} (${middle(({ followed }) => followed)} followed, ${middle(({ pulled }) => pulled)} pulled)`, people };
}

/** `count` ordinary people of the world, spread over it, each signed in. */
export const signIn = (count: number): Promise<BenchPerson[]> => signedIn(FOUND.ordinary(count));

async function signedIn(chosen: ReturnType<typeof sql>): Promise<BenchPerson[]> {
  const expires = new Date(Date.now() + 86_400_000);
  const rows = await db().transaction(async (tx) => {
    // From a cold disk, going through the follows of thousands takes long.
    await tx.execute(sql`set local statement_timeout = '5min'`);
    return tx.execute<{ id: string; username: string; session: string; followed: number; pulled: number }>(sql`
    with chosen as materialized (${chosen}),
    signed as (insert into sessions (user_id, kind, device, expires_at) select id, 'browser', 'Benchmark', ${expires.toISOString()}::timestamptz from chosen returning id, user_id)
    select u.id, u.username, s.id as session, u.following_count as followed,
      (select count(*)::int from follows f join feed_authors a on a.author_id = f.followee_id where f.follower_id = u.id and f.state = 'active' and a.is_pulled) as pulled
    from chosen c join signed s on s.user_id = c.id join users u on u.id = c.id`);
  });
  return Promise.all(rows.map(async ({ session, ...row }) => {
    const token = await signToken({ userId: row.id, sessionId: session }, expires);
    return { ...row, headers: { authorization: `Bearer ${token}` }, cookie: { cookie: `heliograph.session=${token}` } };
  }));
}
