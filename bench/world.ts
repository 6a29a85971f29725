import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";

export type World = { people: number; posts: number; follows: number };
export const WORLD: World = { people: 10_000, posts: 200_000, follows: 1_000_000 };

const days = 90;

/**
 * A life-like world made inside Postgres, the same each time: follows and likes by a power law, posts over three months,
 * one photo each (rows only), hashtags in some captions. Does nothing when it is there. Returns seconds spent.
 */
export async function makeWorld(world: World = WORLD): Promise<number> {
  // One connection of its own: the seed belongs to it, and a million rows take longer than the app lets a statement run.
  const client = postgres(process.env.DATABASE_URL!, { max: 1, onnotice: () => {}, connection: { statement_timeout: 0 } });
  try {
    return await build(drizzle({ client }), world);
  } finally {
    await client.end();
  }
}

async function build(own: ReturnType<typeof drizzle>, world: World): Promise<number> {
  const run = <T extends Record<string, unknown>>(statement: ReturnType<typeof sql>) => own.execute<T>(statement);
  // Counting comes last: a world without counts was left half-made.
  const [known] = await run<{ made: boolean }>(sql`select exists (select 1 from users where email_key like '%@bench.invalid' and post_count > 0) as made`);
  if (known!.made) return 0;
  const began = performance.now();
  await run(sql`truncate users cascade`);
  await run(sql`select setseed(0.42)`);
  await run(sql`insert into users (id, username, username_key, username_skeleton, email, email_key, password_hash, full_name, bio)
    select id_at(now() - interval '200 days', i), 'bench' || i, 'bench' || i, 'bench' || i, i || '@bench.invalid', i || '@bench.invalid', '!', 'Person ' || i, 'Generated'
    from generate_series(1, ${world.people}) i`);
  const [low] = await run<{ id: string }>(sql`select min(id)::text as id from users where email_key like '%@bench.invalid'`);
  // People were given consecutive ids, so the n-th has the first one's plus n - 1.
  const person = (n: ReturnType<typeof sql>) => sql`(${low!.id}::bigint + ${n} - 1)`;
  await run(sql`insert into follows (id, follower_id, followee_id, state)
    select id_at(now() - interval '150 days', i), a, b, 'active' from (
      select i, ${person(sql`(i % ${world.people}) + 1`)} as a, ${person(sql`least(${world.people}, 1 + floor(power(random(), 2.2) * ${world.people}))::bigint`)} as b
      from generate_series(1, ${Math.round(world.follows * 1.22)}) i) x where a <> b on conflict do nothing`);
  await run(sql`insert into posts (id, author_id, status, content_type, caption, media_count, created_at, published_at)
    select id_at(t, i), ${person(sql`least(${world.people}, 1 + floor(power(random(), 1.5) * ${world.people}))::bigint`)}, 'published', 'photo',
      'Morning number ' || i || case when i % 5 = 0 then ' #light #harbour' else '' end, 1, t, t
    from (select i, now() - interval '1 minute' - random() * interval '${sql.raw(String(days))} days' as t from generate_series(1, ${world.posts}) i) x`);
  await run(sql`insert into media (id, owner_id, purpose, state, content_type, bytes, original_key, version, width, height, thumbhash, post_id, position, alt, variants, ready_at)
    select p.id, p.author_id, 'post', 'ready', 'image/jpeg', 4000000, 'originals/bench/' || p.id, 'bench', 4000, 3000, 'HBkSHYSIeHiPiHh8eJd4eTN0EEQG', p.id, 0, 'A generated photo', ${JSON.stringify(variants())}::text::jsonb, p.created_at
    from posts p where p.caption like 'Morning number %'`);
  await run(sql`insert into likes (id, post_id, user_id)
    select id_at(now(), row_number() over ()), p.id, ${person(sql`(1 + ((p.id >> 23) + k * 7919) % ${world.people})`)}
    from posts p cross join lateral generate_series(1, (power(random(), 3) * 20)::int) k where p.caption like 'Morning number %' on conflict do nothing`);
  await run(sql`insert into tags (name, post_count) values ('light', ${world.posts / 5}), ('harbour', ${world.posts / 5}) on conflict do nothing`);
  await run(sql`insert into post_tags (tag_id, post_id) select t.id, p.id from tags t, posts p where t.name in ('light', 'harbour') and p.caption like '%#light%' on conflict do nothing`);
  await run(sql`analyze`);
  await recount(run);
  await run(sql`vacuum analyze`);
  return (performance.now() - began) / 1000;
}

const variants = () => [150, 320, 640, 1080, 1440].flatMap((width) => ["avif", "jpg"].map((ext) => ({ name: String(width), ext, width, height: width === 150 ? 150 : Math.round(width * 0.75), bytes: width * 120 })));

async function recount(run: (statement: ReturnType<typeof sql>) => Promise<unknown>) {
  await run(sql`update posts p set like_count = c.n from (select post_id, count(*)::int n from likes group by 1) c where c.post_id = p.id`);
  await run(sql`update users u set follower_count = coalesce(f.n, 0), following_count = coalesce(g.n, 0), post_count = coalesce(p.n, 0)
    from users own
    left join (select followee_id as id, count(*)::int n from follows where state = 'active' group by 1) f on f.id = own.id
    left join (select follower_id as id, count(*)::int n from follows where state = 'active' group by 1) g on g.id = own.id
    left join (select author_id as id, count(*)::int n from posts where status = 'published' group by 1) p on p.id = own.id
    where u.id = own.id and u.email_key like '%@bench.invalid'`);
}
