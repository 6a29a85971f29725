import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { signToken } from "@/lib/platform/viewer/token";

export type BenchPerson = { id: string; username: string; headers: { authorization: string }; cookie: { cookie: string } };

/** `count` people of the world, spread over it, each signed in. */
export async function signIn(count: number): Promise<BenchPerson[]> {
  const expires = new Date(Date.now() + 86_400_000);
  const rows = await db().execute<{ id: string; username: string; session: string }>(sql`
    with chosen as (select id, username from users where email_key like '%@bench.invalid' and following_count between 60 and 140 order by id limit ${count}),
    signed as (insert into sessions (user_id, kind, device, expires_at) select id, 'browser', 'Benchmark', ${expires.toISOString()}::timestamptz from chosen returning id, user_id)
    select c.id, c.username, s.id as session from chosen c join signed s on s.user_id = c.id`);
  return Promise.all(rows.map(async (row) => {
    const token = await signToken({ userId: row.id, sessionId: row.session }, expires);
    return { id: row.id, username: row.username, headers: { authorization: `Bearer ${token}` }, cookie: { cookie: `heliograph.session=${token}` } };
  }));
}
