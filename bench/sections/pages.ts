import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { toShortcode } from "@/lib/platform/ids";
import { barePage, oneQuery } from "../floors";
import { Meter } from "../meter";
import { signIn } from "../people";
import type { Line } from "../report";
import { atEachLane, url } from "./lanes";

const PEOPLE = 200;
const TARGETS = 500;

/** Posts of the last two weeks that everybody may see, spread over them. */
export async function publicPosts(count: number): Promise<string[]> {
  const rows = await db().execute<{ id: string }>(sql`
    select p.id from posts p join users u on u.id = p.author_id where p.id > id_at((select max(created_at) from posts) - interval '14 days')
      and p.status = 'published' and p.deleted_at is null and p.archived_at is null and p.audience = 'everyone' and not u.is_private and p.caption <> 'For everybody' order by hashint8(p.id) limit ${count}::int`);
  return rows.map(({ id }) => id);
}

async function publicPeople(count: number): Promise<{ id: string; username: string }[]> {
  return db().execute<{ id: string; username: string }>(sql`
    select id, username from users where email_key like '%@bench.invalid' and not is_private and post_count > 0 order by hashint8(id) limit ${count}::int`);
}

/** Profiles of all sorts of people. */
export async function profile(): Promise<Line[]> {
  const [viewers, targets, meter] = [await signIn(PEOPLE), await publicPeople(TARGETS), await new Meter().rest()];
  const by = (i: number) => viewers[i % viewers.length]!;
  const of = (i: number) => targets[(i * 7) % targets.length]!;
  const query = (lanes: number) => oneQuery(targets.map(({ id }) => id), lanes);
  const lines = [
    ...(await atEachLane(meter, { work: "profile, JSON", call: (i) => ({ path: `/api/users/${of(i).id}`, headers: by(i).headers }), round: targets.length })),
    ...(await atEachLane(meter, { work: "posts of a person, JSON", call: (i) => ({ path: `/api/users/${of(i).id}/posts`, headers: by(i).headers }), floor: query, round: targets.length })),
    ...(await atEachLane(meter, { work: "profile, HTML", call: (i) => ({ path: `/${of(i).username}`, headers: by(i).cookie }), floor: barePage, round: targets.length })),
  ];
  await meter.close();
  return lines;
}

/** A post's own page. */
export async function post(): Promise<Line[]> {
  const [viewers, posts, meter] = [await signIn(PEOPLE), await publicPosts(TARGETS), await new Meter().rest()];
  const by = (i: number) => viewers[i % viewers.length]!;
  const of = (i: number) => posts[(i * 7) % posts.length]!;
  const lines = [
    ...(await atEachLane(meter, { work: "post, JSON", call: (i) => ({ path: `/api/posts/${of(i)}`, headers: by(i).headers }), round: posts.length })),
    ...(await atEachLane(meter, { work: "post, HTML", call: (i) => ({ path: `/p/${toShortcode(of(i))}`, headers: by(i).cookie }), floor: barePage, round: posts.length })),
  ];
  await meter.close();
  return lines;
}

/** How many notifications somebody has not seen; asked with the shortest list, since there is no address for the number alone. */
export async function unread(): Promise<Line[]> {
  const [viewers, meter] = [await signIn(PEOPLE), await new Meter().rest()];
  const lines = await atEachLane(meter, { work: "unread count (notifications, one listed)", call: (i) => ({ path: "/api/notifications?limit=1", headers: viewers[i % viewers.length]!.headers }), round: viewers.length });
  await meter.close();
  return lines;
}

export async function explore(): Promise<Line[]> {
  const [viewers, meter] = [await signIn(PEOPLE), await new Meter().rest()];
  const by = (i: number) => viewers[i % viewers.length]!;
  // The first visit makes the ranking.
  const began = performance.now();
  await fetch(`${url()}/api/explore`, { headers: by(0).headers }).then((answer) => answer.arrayBuffer());
  const ms = performance.now() - began;
  const lines: Line[] = [
    { work: "explore, JSON, first visit (ranks)", lanes: 1, measured: { p50: ms, p95: ms, p99: ms, perSecond: 1_000 / ms, failures: 0 } },
    ...(await atEachLane(meter, { work: "explore, JSON", call: (i) => ({ path: "/api/explore", headers: by(i).headers }) })),
    ...(await atEachLane(meter, { work: "explore, HTML", call: (i) => ({ path: "/explore", headers: by(i).cookie }), floor: barePage })),
  ];
  await meter.close();
  return lines;
}
