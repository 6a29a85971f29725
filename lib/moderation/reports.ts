import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { invalid, notFound } from "@/lib/platform/errors";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { commentReachable } from "@/lib/platform/visibility/comments";
import { accountVisible, postVisible } from "@/lib/platform/visibility/visibility";
import type { Report } from "./schemas";

/** Between what somebody reported first and what they added. */
const BREAK = "\n\n";

type Subject = { user_id: string; snapshot: Record<string, unknown> };

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
  user: async (tx, viewerId, id) => (await tx.execute<Subject>(sql`
    select u.id as user_id, json_build_object('username', u.username, 'full_name', u.full_name, 'bio', u.bio, 'website', u.website, 'links', u.links,
      'avatar_media_id', u.avatar_media_id::text, 'avatar_version', u.avatar_version) as snapshot
    from users u where u.id = ${id}::bigint and ${accountVisible(viewerId)}`))[0],
};
