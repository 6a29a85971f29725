import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { invalid, notFound } from "@/lib/platform/errors";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { commentReachable } from "@/lib/platform/visibility/comments";
import { accountVisible, postVisible } from "@/lib/platform/visibility/visibility";
import { messageVisible } from "@/lib/messages/visible-sql";
import type { Report } from "./schemas";

/** Between what somebody reported first and what they added. */
const BREAK = "\n\n";

type Subject = { user_id: string | null; snapshot: Record<string, unknown> };

/**
 * Keeps a report for the moderators, with what the viewer saw; while an earlier one of theirs about the same is open, what they add goes beneath its note,
 * once. Who is reported hears nothing. Throws not_found for what the viewer does not see, invalid for oneself, too_many.
 */
export async function report(viewer: Pick<Viewer, "id">, { subject, id, reason, note }: Report): Promise<void> {
  await limit("reports", viewer.id);
  await db().transaction(async (tx) => {
    const seen = await look[subject](tx, viewer.id, id);
    if (!seen) throw notFound();
    if (seen.user_id === viewer.id) throw invalid("This is your own.");
    // Beneath the first note each has its reason before it.
    const added = `[${reason}] ${note}`.trim();
    await tx.execute(sql`
      insert into reports (reporter_id, subject_kind, subject_id, subject_user_id, reason, note, snapshot)
      values (${viewer.id}::bigint, ${subject}, ${id}::bigint, ${seen.user_id}::bigint, ${reason}, ${note}, ${JSON.stringify(seen.snapshot)}::text::jsonb)
      on conflict (reporter_id, subject_kind, subject_id) where state = 'open' do update set note = concat_ws(${BREAK}, nullif(reports.note, ''), ${added}::text)
      where not (reports.reason = excluded.reason and (excluded.note = '' or starts_with(reports.note || ${BREAK}, excluded.note || ${BREAK})))
        and position(${BREAK} || ${added}::text || ${BREAK} in ${BREAK} || reports.note || ${BREAK}) = 0`);
  });
}

/** What is reported as the viewer sees it, in one row; none when they do not. */
const look: Record<Report["subject"], (tx: Transaction, viewerId: string, id: string) => Promise<Subject | undefined>> = {
  post: async (tx, viewerId, id) => (await tx.execute<Subject>(sql`
    select p.author_id as user_id, json_build_object('username', u.username, 'caption', p.caption, 'audience', p.audience, 'created_at', p.created_at, 'edited_at', p.edited_at,
      'media', (select json_agg(json_build_object('id', m.id::text, 'kind', m.kind, 'version', m.version, 'alt', m.alt) order by m.position) from media m where m.post_id = p.id and m.position is not null)) as snapshot
    from posts p join users u on u.id = p.author_id where p.id = ${id}::bigint and p.status = 'published' and ${postVisible(viewerId)}`))[0],
  comment: async (tx, viewerId, id) => (await tx.execute<Subject>(sql`
    select c.user_id, json_build_object('username', w.username, 'content', c.content, 'post_id', c.post_id::text, 'created_at', c.created_at) as snapshot
    from comments c join users w on w.id = c.user_id join posts p on p.id = c.post_id join users u on u.id = p.author_id
    where c.id = ${id}::bigint and p.status = 'published' and ${postVisible(viewerId)} and ${commentReachable(viewerId)}`))[0],
  // What the reporter read last, as they may see it: of a pair the other one is meant, of a group nobody in particular.
  thread: async (tx, viewerId, id) => (await tx.execute<Subject>(sql`
    select case when t.kind = 'pair' then (select x.user_id from thread_members x where x.thread_id = t.id and x.user_id <> me.user_id) end as user_id, json_build_object('kind', t.kind, 'name', t.name,
      'people', (select coalesce(json_agg(json_build_object('user_id', u.id::text, 'username', u.username)), '[]') from thread_members x join users u on u.id = x.user_id where x.thread_id = t.id and x.until_id is null),
      'messages', (select coalesce(json_agg(json_build_object('id', m.id::text, 'user_id', w.id::text, 'username', w.username, 'text', m.text, 'created_at', m.created_at,
        'media', (select json_agg(json_build_object('id', d.id::text, 'kind', d.kind, 'version', d.version)) from message_media mm join media d on d.id = mm.media_id where mm.message_id = m.id)) order by m.id), '[]')
        from (select * from messages m where m.thread_id = t.id and m.event is null and ${messageVisible(viewerId)} order by m.id desc limit 50) m join users w on w.id = m.sender_id)) as snapshot
    from thread_members me join threads t on t.id = me.thread_id where t.id = ${id}::bigint and me.user_id = ${viewerId}::bigint`))[0],
  user: async (tx, viewerId, id) => (await tx.execute<Subject>(sql`
    select u.id as user_id, json_build_object('username', u.username, 'full_name', u.full_name, 'bio', u.bio, 'website', u.website, 'links', u.links,
      'avatar_media_id', u.avatar_media_id::text, 'avatar_version', u.avatar_version) as snapshot
    from users u where u.id = ${id}::bigint and ${accountVisible(viewerId)}`))[0],
};
