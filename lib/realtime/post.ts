import { sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import type { Told } from "@/lib/platform/realtime/streams";
import type { Signal } from "@/lib/platform/realtime/signals";
import type { Stream } from "@/lib/platform/realtime/stream";
import { commentReachable } from "@/lib/platform/visibility/comments";
import { blockedPart } from "@/lib/platform/visibility/blocks";
import { accountVisible, postVisible } from "@/lib/platform/visibility/visibility";
import { pendingOf } from "@/lib/posts/counts";
import { commentsByBlocked, likesByBlocked } from "@/lib/posts/uncounted";
import { WATCHER, watchersOf, watching } from "./watching-sql";

type CountsRow = { session: string; like_count: number | null; comment_count: number };

const author = sql`cross join lateral (select * from users where id = p.author_id offset 0) u`;

const readCounts = prepared<CountsRow, "sessions" | "viewers" | "post">("counts for watchers", (arg) => sql`
  with ${watching(arg)},
  post as materialized (select p.*, p.like_count + ${pendingOf("likes", arg("post"))} as likes, p.comment_count + ${pendingOf("comments", arg("post"))} as comments
    from posts p where p.id = ${arg("post")}::bigint and p.status = 'published')
  select v.session::text, case when p.author_id = v.viewer or not (p.like_count_hidden or exists (
      select 1 from privacy_settings wish where wish.user_id = v.viewer and wish.hides_like_counts)) then greatest(p.likes - uncounted.likes, 0) end as like_count,
    greatest(p.comments - uncounted.comments, 0) as comment_count
  from watching v cross join post p ${author}
  cross join lateral (with ${blockedPart(WATCHER)} select ${likesByBlocked} as likes, ${commentsByBlocked} as comments) uncounted
  where ${postVisible(WATCHER)}`);

/** The numbers of a post, for each as they may know them (`like_count` null for who may not); `reactions` true: those changed, too. `as_of`: everything before is in them. */
export async function tellCounts(signals: readonly Signal[], streams: readonly Stream[]): Promise<Told[]> {
  const asOf = new Date().toISOString();
  const rows = new Map((await readCounts({ ...watchersOf(streams), post: signals[0]!.id })).map((row) => [row.session, row]));
  const reactions = signals.some(({ of }) => of === "reactions");
  return streams.flatMap((stream) => {
    const row = rows.get(stream.listening.sessionId);
    return row ? [{ stream, data: { post_id: signals[0]!.id, like_count: row.like_count, comment_count: row.comment_count, ...(reactions ? { reactions } : {}), as_of: asOf } }] : [];
  });
}

type CommentRow = { session: string; comment_id: string; parent_id: string | null; is_there: boolean };

const readComments = prepared<CommentRow, "sessions" | "viewers" | "post" | "comments">("comments for watchers", (arg) => sql`
  with ${watching(arg)},
  asked as materialized (select c.* from unnest(${arg("comments")}::text::bigint[]) as a(id) cross join lateral (select * from comments where id = a.id and post_id = ${arg("post")}::bigint offset 0) c)
  select r.session::text, r.comment_id::text, r.parent_id::text, r.is_there from (
    select v.session, c.id as comment_id, c.parent_id, ${commentReachable(WATCHER)} as is_there, ${accountVisible(WATCHER, "w")} as knows_writer
    from watching v cross join asked c join posts p on p.id = ${arg("post")}::bigint ${author} cross join lateral (select * from users where id = c.user_id offset 0) w
    where p.status = 'published' and ${postVisible(WATCHER)}) r
  where r.knows_writer`);

/** Which comments came, changed or went, for each those that are or were there for them. */
export async function tellComments(signals: readonly Signal[], streams: readonly Stream[]): Promise<Told[]> {
  const wasThere = new Map(signals.map((signal) => [signal.of!, signal.gone === true]));
  const rows = await readComments({ ...watchersOf(streams), post: signals[0]!.id, comments: `{${[...wasThere.keys()].join(",")}}` });
  const bySession = Map.groupBy(rows.filter((row) => row.is_there || wasThere.get(row.comment_id)), (row) => row.session);
  return streams.flatMap((stream) =>
    (bySession.get(stream.listening.sessionId) ?? []).map((row) => ({ stream, data: { post_id: signals[0]!.id, comment_id: row.comment_id, parent_id: row.parent_id, gone: !row.is_there } })));
}
