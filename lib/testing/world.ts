import postgres from "postgres";

const PEOPLE = 3_000;
const POSTS = 60_000;
const MONTHS = 24;

const ROWS = `
    select setseed(0.42);
    insert into users (username, username_key, username_skeleton, email, email_key, password_hash, full_name, is_private, last_active_at)
      select 'name' || n, 'name' || n, 'name' || n, n || '@example.org', n || '@example.org', '!', 'Person ' || md5(n::text), n % 10 = 7, now() - interval '1 day' * (n % 60)
      from generate_series(1, ${PEOPLE}) n;
    create temp table people as select id, row_number() over (order by id)::int as n from users;
    create unique index on people (n);
    analyze people;
    analyze users;
    insert into follows (follower_id, followee_id, state) select a.id, b.id, case when random() < 0.98 then 'active' else 'requested' end
      from people a cross join lateral (select distinct 1 + floor(power(random(), 3) * ${PEOPLE})::int as n from generate_series(1, case when a.n = 500 then 400 else 30 end) where a.n > 0) w
      join people b on b.n = w.n where a.id <> b.id;
    insert into blocks (blocker_id, blocked_id) select a.id, b.id from people a join people b on b.n = a.n % 2900 + 40 and a.n % 7 = 0 and a.id <> b.id;
    insert into mutes (muter_id, muted_id) select a.id, b.id from people a join people b on b.n = a.n % 2900 + 60 and a.n % 5 = 0 and a.id <> b.id;
    insert into feed_authors (author_id, is_pulled) select id, n <= 10 from people where n <= 20;
    insert into sessions (user_id, kind, device, expires_at) select id, 'browser', 'Test', now() + interval '90 days' from people;
    insert into places (name, name_key) select 'Place ' || md5(n::text), 'place ' || md5(n::text) from generate_series(1, 20000) n;
    insert into tags (name, post_count) select 'tag' || n, 1 + 20000 / n from generate_series(1, 2000) n;
    create temp table place_list as select id, row_number() over ()::int as n from places; create unique index on place_list (n); analyze place_list;
    create temp table tag_list as select id, row_number() over (order by id)::int as n from tags; create unique index on tag_list (n); analyze tag_list;
    insert into posts (id, author_id, status, audience, content_type, caption, media_count, like_count, comment_count, place_id, created_at, published_at, deleted_at)
      select id_at(p.at, p.n), a.id, case when p.n % 97 = 0 then 'processing' else 'published' end, case when p.n % 11 = 0 then 'followers' else 'everyone' end, 'photo', 'A caption of some length ' || p.n, 1,
        floor(power(random(), 4) * 500), floor(power(random(), 4) * 30), l.id, p.at, p.at, case when p.n % 101 = 0 then now() end
      from (select n, now() - interval '1 minute' - random() * (interval '1 day') * extract(day from now() - greatest(now() - interval '${MONTHS} months', '2025-01-02Z')) as at,
        1 + floor(power(random(), 2) * ${PEOPLE})::int as author, 1 + floor(power(random(), 3) * 2000)::int as place from generate_series(1, ${POSTS}) n) p
      join people a on a.n = p.author left join place_list l on l.n = p.place and p.n % 3 = 0;
    analyze posts;
    create temp table post_list as select id, author_id, row_number() over (order by id)::int as n from posts; create unique index on post_list (n); analyze post_list;
    insert into media (owner_id, purpose, state, content_type, bytes, original_key, version, width, height, post_id, position, ready_at)
      select author_id, 'post', 'ready', 'image/jpeg', 1000, 'originals/' || n, 'v1', 1600, 1200, id, 0, now() from post_list;
    analyze tags;
    insert into post_tags (tag_id, post_id, counted) select t.id, p.id, true
      from post_list p cross join lateral (select distinct 1 + floor(power(random(), 3) * 2000)::int as n from generate_series(1, 3) where p.n > 0) w join tag_list t on t.n = w.n;
    insert into likes (post_id, user_id) select p.id, a.id
      from (select 1 + floor(random() * ${POSTS})::int as post, 1 + floor(random() * ${PEOPLE})::int as person from generate_series(1, 120000)) w
      join post_list p on p.n = w.post join people a on a.n = w.person on conflict do nothing;
    insert into likes (post_id, user_id) select (select id from post_list where n = ${POSTS}), id from people on conflict do nothing;
    insert into saves (post_id, user_id) select p.id, a.id
      from (select 1 + floor(random() * ${POSTS})::int as post, 1 + floor(random() * ${PEOPLE})::int as person from generate_series(1, 20000)) w
      join post_list p on p.n = w.post join people a on a.n = w.person on conflict do nothing;
    insert into comments (post_id, user_id, content) select p.id, a.id, 'Well seen'
      from (select case when n < 3000 then ${POSTS} else 1 + floor(random() * ${POSTS})::int end as post, 1 + floor(random() * ${PEOPLE})::int as person from generate_series(1, 40000) n) w
      join post_list p on p.n = w.post join people a on a.n = w.person;
    analyze comments;
    insert into comments (post_id, user_id, content, parent_id) select post_id, user_id, 'So it is', id from comments where id % 8 = 0;
    insert into notifications (user_id, kind, group_key, post_id, actor_count) select p.author_id, 'like', 'like:' || p.id, p.id, 2 from post_list p where p.n % 2 = 0;
    analyze notifications;
    insert into notification_actors (notification_id, actor_id, user_id, dedupe_key)
      select n.id, a.id, n.user_id, 'like:' || n.post_id || ':' || a.id from notifications n cross join (values (0), (1)) k(k) join people a on a.n = 1 + (n.id / 1024 + k) % 2999 where a.id <> n.user_id on conflict do nothing;
    analyze;
    update users u set follower_count = c.followers, following_count = c.following from (
      select p.id, (select count(*) from follows f where f.followee_id = p.id and f.state = 'active') as followers, (select count(*) from follows f where f.follower_id = p.id and f.state = 'active') as following from people p) c
      where c.id = u.id;`;

/**
 * A world of some size, made by a few statements in seconds: people of whom a few have most followers, two years of posts in partitions
 * by the month, and what belongs to them. Planners see what they see on a real server: many rows in every table, and fresh statistics.
 * Returns the ids of somebody who follows 200, and of the most followed.
 */
export async function makeWorld(): Promise<{ reader: string; star: string; session: string; post: string }> {
  // The server's own superuser, who may leave out the checks of references; everything still belongs to the application's role.
  const url = Object.assign(new URL(process.env.DATABASE_URL!), { username: "postgres" });
  const sql = postgres(url.href, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(`set session_replication_role = replica; set role ${new URL(process.env.DATABASE_URL!).username}`);
    return await fill(sql);
  } finally {
    await sql.end();
  }
}

async function fill(sql: postgres.Sql) {
  await sql.unsafe(`
    alter table posts detach partition posts_before;
    drop table posts_before cascade;
    do $$
    declare
      first timestamptz := greatest(date_trunc('month', now(), 'UTC') - interval '${MONTHS} months', '2025-01-01Z');
      month timestamptz := first;
    begin
      execute format('create table posts_before partition of posts for values from (minvalue) to (%s)', id_at(first));
      while month < date_trunc('month', now(), 'UTC') - interval '3 months' loop
        execute format('create table %I partition of posts for values from (%s) to (%s)', 'posts_' || to_char(month at time zone 'UTC', 'YYYY_MM'), id_at(month), id_at(month + interval '1 month'));
        month := month + interval '1 month';
      end loop;
    end $$`);
  for (const statement of ROWS.split(";\n")) await sql.unsafe(statement);
  await sql.unsafe("vacuum analyze");
  const [row] = await sql.unsafe<{ reader: string; star: string; session: string; post: string }[]>(`
    select u.id as reader, (select id from users order by follower_count desc limit 1) as star, (select s.id from sessions s where s.user_id = u.id) as session,
      (select id from posts where status = 'published' and deleted_at is null order by like_count desc limit 1) as post from users u order by following_count desc limit 1`);
  return row!;
}
