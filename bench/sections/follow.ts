import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { inTurns, load, measuredOf } from "../load";
import { Meter } from "../meter";
import { type BenchPerson, signIn } from "../people";
import type { Line } from "../report";
import { atEachLane, url } from "./lanes";

const PAIRS = 40;
/** The feed that the followee's newest post is looked for in. */
const PAGE = 100;

/** Follow and unfollow; and how long after a follow was asked for the followee's posts are in the feed. */
export async function follow(): Promise<Line[]> {
  const people = await signIn(100);
  const own = sql`${`{${people.map(({ id }) => id).join(",")}}`}::text::bigint[]`;
  const strangers = await db().execute<{ id: string }>(sql`
    select id from users u where email_key like '%@bench.invalid' and not is_private and post_count > 0 and follower_count between 20 and 500
      and u.id <> all (${own}) and not exists (select 1 from follows f where f.followee_id = u.id and f.follower_id = any (${own}))
    order by hashint8(id) limit 400`);
  const meter = await new Meter().rest();
  const lines = await atEachLane(meter, { work: "follow and unfollow", call: inTurns((k, isBack) => ({ path: `/api/users/${strangers[k % strangers.length]!.id}/follow`, method: isBack ? "DELETE" : "POST", headers: people[k % people.length]!.headers })) });
  await meter.close();
  for (const isPulled of [false, true]) {
    const times = await backfills(people, isPulled);
    if (times.length > 0) lines.push({ work: `follow until the posts of ${isPulled ? "a pulled" : "a pushed"} author are in the feed (${times.length} pairs)`, lanes: 1, measured: measuredOf(times) });
  }
  return lines;
}

/** Authors who posted within the last hours, so that the newest post belongs on the first page of whoever follows them. */
async function freshAuthors(isPulled: boolean): Promise<{ id: string; post: string }[]> {
  return db().execute<{ id: string; post: string }>(sql`
    select u.id, max(p.id) as post from (select id, author_id, audience from posts where status = 'published' and deleted_at is null order by id desc limit 3000) p join users u on u.id = p.author_id
    left join feed_authors a on a.author_id = u.id
    where not u.is_private and p.audience = 'everyone' and coalesce(a.is_pulled, false) = ${isPulled} group by u.id order by 2 desc limit 200`);
}

async function backfills(people: BenchPerson[], isPulled: boolean): Promise<number[]> {
  const authors = await freshAuthors(isPulled);
  const times: number[] = [];
  const first = (person: BenchPerson) => fetch(`${url()}/api/feed?limit=${PAGE}`, { headers: person.headers }).then((answer) => answer.json() as Promise<{ posts: { id: string }[] }>);
  for (let n = 0; n < people.length && times.length < PAIRS && authors.length > 0; n++) {
    const [person, author] = [people[n]!, authors[n % authors.length]!];
    const before = await first(person);
    const last = before.posts.at(-1)?.id ?? "0";
    if (before.posts.some(({ id }) => id === author.post) || BigInt(last) > BigInt(author.post) || person.id === author.id || (await isFollowed(person.id, author.id))) continue;
    const began = performance.now();
    await load(url(), 1, { count: 1, isCold: true }, () => ({ path: `/api/users/${author.id}/follow`, method: "POST", headers: person.headers }));
    while (!(await first(person)).posts.some(({ id }) => id === author.post)) if (performance.now() - began > 20_000) throw new Error(`The post ${author.post} did not come into the feed of ${person.username} within 20 s.`);
    times.push(performance.now() - began);
    await load(url(), 1, { count: 1, isCold: true }, () => ({ path: `/api/users/${author.id}/follow`, method: "DELETE", headers: person.headers }));
  }
  return times;
}

const isFollowed = async (a: string, b: string) => (await db().execute(sql`select 1 from follows where follower_id = ${a}::bigint and followee_id = ${b}::bigint`)).length > 0;
