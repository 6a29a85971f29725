import postgres from "postgres";

const PEOPLE = 3_000;
const POSTS = 60_000;
const MONTHS = 24;

// Wishes (`privacy_settings`) also of people who are not here: of a few thousand a planner rather reads all than looks up ten, of more it does not.
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
    insert into blocks (blocker_id, blocked_id) select a.id, b.id from people a cross join generate_series(0, 3) k join people b on b.n = (a.n + k * 611) % 2900 + 40 where a.n % 7 = 0 and a.id <> b.id;
    insert into mutes (muter_id, muted_id) select a.id, b.id from people a cross join generate_series(0, 3) k join people b on b.n = (a.n + k * 611) % 2900 + 60 where a.n % 5 = 0 and a.id <> b.id;
    insert into restricts (restricter_id, restricted_id) select a.id, b.id from people a cross join generate_series(0, 3) k join people b on b.n = (a.n + k * 611) % 2900 + 80 where a.n % 6 = 0 and a.id <> b.id;
    insert into privacy_settings (user_id, sensitive, hides_like_counts, is_indexed) select id, (array['cover', 'show', 'hide'])[1 + n % 3], n % 8 = 0, n % 9 > 0 from people where n % 2 = 0;
    insert into privacy_settings (user_id) select n from generate_series(1, 20000) n;
    insert into hidden_words (user_id, phrase, phrase_key, in_posts) select a.id, 'word' || k, 'word' || k, k % 2 = 0 from people a cross join generate_series(1, 5) k;
    insert into feed_preferences (user_id, feed_order) select id, 'for_you' from people where n % 2 = 0;
    insert into mail_tokens (user_id, kind, token_hash, email, expires_at, used_at) select id, (array['verify', 'change_email'])[1 + k % 2], md5(n || ' ' || k), n || '@example.org', now() + interval '1 day', case when k > 2 then now() end from people cross join generate_series(1, 4) k;
    insert into username_history (username_key, user_id) select 'former' || n || '.' || k, id from people cross join generate_series(1, 2) k;
    insert into recent_writes (user_id, place) select id, pg_current_wal_lsn() from people where n % 2 = 0;
    insert into feed_authors (author_id, is_pulled) select id, n <= 10 from people where n <= 20;
    insert into sessions (user_id, kind, device, expires_at) select id, 'browser', 'Test', now() + interval '90 days' from people;
    insert into places (name, name_key) select 'Place ' || md5(n::text), 'place ' || md5(n::text) from generate_series(1, 20000) n;
    insert into tags (name, post_count) select 'tag' || n, 1 + 20000 / n from generate_series(1, 2000) n;
    create temp table place_list as select id, row_number() over ()::int as n from places; create unique index on place_list (n); analyze place_list;
    create temp table tag_list as select id, row_number() over (order by id)::int as n from tags; create unique index on tag_list (n); analyze tag_list;
    insert into posts (id, author_id, status, audience, content_type, caption, media_count, like_count, comment_count, place_id, created_at, published_at, deleted_at)
      select id_at(p.at, p.n), a.id, case when p.n % 97 = 0 then 'processing' when p.n % 47 = 0 then 'scheduled' else 'published' end, case when p.n % 11 = 0 then 'followers' when p.n % 13 = 0 then 'circles' else 'everyone' end, 'photo', 'A caption of some length ' || p.n, 1,
        floor(power(random(), 4) * 500), floor(power(random(), 4) * 30), l.id, p.at, p.at, case when p.n % 101 = 0 then now() end
      from (select n, now() - interval '1 minute' - random() * (interval '1 day') * extract(day from now() - greatest(now() - interval '${MONTHS} months', '2025-01-02Z')) as at,
        1 + floor(power(random(), 2) * ${PEOPLE})::int as author, 1 + floor(power(random(), 3) * 2000)::int as place from generate_series(1, ${POSTS}) n) p
      join people a on a.n = p.author left join place_list l on l.n = p.place and p.n % 3 = 0;
    analyze posts;
    create temp table post_list as select id, author_id, row_number() over (order by id)::int as n from posts; create unique index on post_list (n); analyze post_list;
    insert into circles (owner_id, name, name_key, is_close_friends) select id, 'Close friends', 'close friends', true from people;
    create temp table circle_list as select c.id, c.owner_id, p.n from circles c join people p on p.id = c.owner_id; create unique index on circle_list (owner_id); analyze circle_list;
    insert into circle_members (circle_id, user_id) select c.id, a.id
      from circle_list c cross join lateral (select distinct 1 + floor(random() * ${PEOPLE})::int as n from generate_series(1, 15) where c.n > 0) w join people a on a.n = w.n where a.id <> c.owner_id;
    insert into post_circles (post_id, circle_id) select p.id, c.id from posts p join circle_list c on c.owner_id = p.author_id where p.audience = 'circles';
    insert into favourites (user_id, favourite_id)
      select follower_id, followee_id from (select follower_id, followee_id, row_number() over (partition by follower_id order by id) as n from follows where state = 'active') f where n <= 50;
    insert into media (owner_id, purpose, state, content_type, bytes, original_key, version, width, height, post_id, position, ready_at)
      select author_id, 'post', 'ready', 'image/jpeg', 1000, 'originals/' || n, 'v1', 1600, 1200, id, 0, now() from post_list;
    insert into threads (kind, pair_key) select 'pair', n::text from generate_series(1, 12000) n;
    insert into threads (kind, name) select 'group', 'Group ' || n from generate_series(1, 500) n;
    create temp table thread_list as select id, kind, row_number() over (order by kind desc, id)::int as n from threads; create unique index on thread_list (n); analyze thread_list;
    insert into thread_members (thread_id, user_id, is_listed, is_accepted, last_id) select t.id, a.id, true, true, next_id() from thread_list t cross join lateral (
        select distinct 1 + (t.n * 7 + k * 613) % ${PEOPLE} as n from generate_series(1, case when t.kind = 'pair' then 2 else 30 end) k) w join people a on a.n = w.n on conflict do nothing;
    insert into thread_members (thread_id, user_id, is_listed, is_accepted, last_id) select t.id, a.id, true, true, next_id() from thread_list t join people a on a.n = 500 where t.n % 10 = 0 on conflict do nothing;
    analyze threads; analyze thread_members;
    insert into messages (id, thread_id, sender_id, client_id, text) select next_id(), m.thread_id, m.user_id, 'c' || k, 'Some words of ' || md5(k::text) || ' harbour' from thread_members m cross join generate_series(1, 4) k on conflict do nothing;
    insert into message_reactions (message_id, user_id, emoji) select id, sender_id, '🔥' from messages where id % 3 = 0;
    insert into media (owner_id, purpose, state, content_type, bytes, original_key, version, width, height, ready_at) select user_id, 'message', 'ready', 'image/jpeg', 1000, 'originals/m' || thread_id || user_id, 'v1', 1600, 1200, now() from thread_members;
    insert into message_media (message_id, media_id) select m.id, f.id from (select id, row_number() over () as n from messages) m join (select id, row_number() over () as n from media where purpose = 'message') f on f.n = m.n;
    analyze messages; analyze message_reactions; analyze message_media;
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
    update comments c set state = case when c.id % 16 = 0 then 'pending' else 'hidden' end, held_for_id = p.author_id from posts p where p.id = c.post_id and c.id % 16 < 2;
    insert into comment_likes (comment_id, user_id) select c.id, a.id from (select id, row_number() over (order by id)::int as n from comments) c cross join lateral (values (0), (1)) k(k) join people a on a.n = 1 + (c.n + k * 7) % 2999 on conflict do nothing;
    insert into notifications (user_id, kind, group_key, post_id, actor_count) select p.author_id, 'like', 'like:' || p.id, p.id, 2 from post_list p where p.n % 2 = 0;
    analyze notifications;
    insert into notification_actors (notification_id, actor_id, user_id, dedupe_key)
      select n.id, a.id, n.user_id, 'like:' || n.post_id || ':' || a.id from notifications n cross join (values (0), (1)) k(k) join people a on a.n = 1 + (n.id / 1024 + k) % 2999 where a.id <> n.user_id on conflict do nothing;
    insert into reposts (id, user_id, post_id, note, created_at) select id_at(w.at, w.n), a.id, p.id, 'See', w.at
      from (select n, now() - interval '1 minute' - random() * interval '500 days' as at, case when n < 2000 then ${POSTS} else 1 + floor(power(random(), 0.3) * ${POSTS - 1})::int end as post, 1 + floor(power(random(), 2) * ${PEOPLE})::int as person from generate_series(1, 40000) n) w
      join post_list p on p.n = w.post join people a on a.n = w.person on conflict do nothing;
    insert into reactions (post_id, user_id, emoji) select p.id, a.id, (array['🔥', '👏', '😍'])[1 + w.n % 3]
      from (select n, case when n < 3000 then ${POSTS} else 1 + floor(random() * ${POSTS})::int end as post, 1 + floor(random() * ${PEOPLE})::int as person from generate_series(1, 60000) n) w
      join post_list p on p.n = w.post join people a on a.n = w.person on conflict do nothing;
    insert into reaction_counts (post_id, emoji, count) select post_id, emoji, count(*) from reactions group by 1, 2;
    insert into collections (owner_id, name, name_key) select a.id, 'C' || k, 'c' || k from people a cross join generate_series(1, 5) k;
    insert into collection_posts (collection_id, post_id, added_by) select c.id, s.post_id, s.user_id from saves s join collections c on c.owner_id = s.user_id and c.name = 'C1';
    insert into collection_posts (collection_id, post_id, added_by) select c.id, p.id, a.id from people a join collections c on c.owner_id = a.id and c.name = 'C2' join post_list p on p.n % 30 = 0 where a.n = 500;
    insert into collection_members (collection_id, user_id, state) select c.id, a.id, case when w.n % 3 = 0 then 'invited' else 'joined' end
      from (select n, 1 + floor(random() * ${PEOPLE})::int as owner, case when n < 300 then 500 else 1 + floor(random() * ${PEOPLE})::int end as person from generate_series(1, 20000) n) w
      join people o on o.n = w.owner join collections c on c.owner_id = o.id and c.name = 'C' || 1 + w.n % 5 join people a on a.n = w.person where a.id <> o.id on conflict do nothing;
    insert into shares (post_id, user_id) select post_id, user_id from saves;
    insert into photo_tags (media_id, post_id, user_id, x, y, state) select m.id, m.post_id, a.id, 0.5, 0.5, case when w.n % 10 = 0 then 'proposed' when w.n % 11 = 0 then 'removed' else 'shown' end
      from (select n, 1 + floor(power(random(), 0.5) * ${POSTS - 1})::int as post, 1 + floor(power(random(), 3) * ${PEOPLE})::int as person from generate_series(1, 40000) n) w
      join post_list p on p.n = w.post join media m on m.post_id = p.id join people a on a.n = w.person on conflict do nothing;
    insert into collaborators (post_id, user_id, state) select p.id, a.id, case when w.n % 10 = 0 then 'invited' else 'accepted' end
      from (select n, 1 + floor(power(random(), 0.5) * ${POSTS - 1})::int as post, 1 + floor(power(random(), 2) * ${PEOPLE})::int as person from generate_series(1, 20000) n) w
      join post_list p on p.n = w.post join people a on a.n = w.person where a.id <> p.author_id on conflict do nothing;
    insert into media_captions (media_id, language, label, storage_key) select m.id, 'en', 'English', 'captions/' || m.id from media m join post_list p on p.id = m.post_id where p.n % 20 = 0;
    insert into post_seen (user_id, post_id) select a.id, p.id from (select n, case when n < 500 then 500 else 1 + floor(random() * ${PEOPLE})::int end as person, ${POSTS - 5000} + floor(random() * 4900)::int as post from generate_series(1, 40000) n) w
      join people a on a.n = w.person join post_list p on p.n = w.post and p.id >= id_at(now() - interval '60 days') on conflict do nothing;
    insert into feed_feedback (user_id, kind, subject_id, author_id, until) select a.id, k.kind, case when k.kind = 'snooze' then p.author_id else p.id end, p.author_id, case when k.kind = 'snooze' then now() + interval '30 days' end
      from (select n, 1 + floor(random() * ${PEOPLE})::int as person, 1 + floor(random() * ${POSTS - 100})::int as post from generate_series(1, 20000) n) w
      join people a on a.n = w.person join post_list p on p.n = w.post join lateral (select (array['not_interested', 'fewer', 'snooze'])[1 + w.n % 3] as kind) k on true where a.id <> p.author_id on conflict do nothing;
    insert into feed_rankings (user_id, ranker, post_ids, scores) select a.id, '1', array[p.id::text], array[1] from people a join post_list p on p.n = a.n;
    insert into post_versions (post_id, caption, media_ids) select p.id, 'As it was', array[m.id::text]
      from post_list p join media m on m.post_id = p.id cross join lateral generate_series(1, case when p.n % 1000 = 0 then 50 when p.n % 6 = 0 then 2 else 0 end);
    analyze;
    update posts p set like_count = ${PEOPLE}, comment_count = (select count(*) from comments c where c.post_id = p.id), repost_count = (select count(*) from reposts r where r.post_id = p.id)
      where id = (select id from post_list where n = ${POSTS});
    update posts set archived_at = now() where id in (select id from post_list where n % 19 = 0);
    update posts set scheduled_for = now() + (id / 1024 % 30 - 1) * interval '1 day' where status = 'scheduled';
    update posts set pinned_at = created_at where id in (
      select id from (select id, row_number() over (partition by author_id order by id desc) as place from posts where status = 'published' and deleted_at is null and archived_at is null) p where place % 5 = 1 and place < 15);
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
      (select id from posts where status = 'published' and deleted_at is null and archived_at is null order by like_count desc limit 1) as post from users u order by following_count desc limit 1`);
  return row!;
}
