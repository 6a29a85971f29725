import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { hydratePosts } from "@/lib/posts/hydrate";
import { postAt } from "@/lib/posts/listed-sql";
import { toSketch } from "@/lib/posts/sketch";
import type { PostView } from "@/lib/posts/types";
import { joinedWords, splitWords } from "@/lib/privacy/hidden-words";
import { hasHiddenWord } from "@/lib/privacy/words";
import { listSummaries } from "@/lib/profiles/queries";
import type { UserSummary } from "@/lib/profiles/types";
import { NEWEST, type Page, type Slice } from "@/lib/platform/pagination/pagination";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { commentVisible } from "@/lib/platform/visibility/comments";
import { accountVisible, postVisible } from "@/lib/platform/visibility/visibility";
import type { Milestone, NotificationKind, NotificationView, SecurityNotice, Tab } from "./types";

/** From here on a badge says "99+". */
const MOST_COUNTED = 100;
const ACTORS_SHOWN = 3;

type Row = {
  id: string; latest_id: string; kind: NotificationKind; post_id: string | null; comment_id: string | null; comment: string | null; is_own_comment: boolean | null; hidden_words: string | null;
  actor_count: number; hidden: number; actor_ids: string[]; is_read: boolean; following_back: boolean; updated_at: string; detail: unknown;
};

/** The actor `a` is there for the person, who does not mute them (any more). */
const heard = (userId: string): SQL => sql`${accountVisible(userId)} and not exists (select 1 from mutes m where m.muter_id = ${userId}::bigint and m.muted_id = a.actor_id)`;

/** What of the groups `n` of the person `userId` may still be shown: an actor whom they see and do not mute, and the post if it is about one. */
const shown = (userId: string) => sql`(
  exists (select 1 from notification_actors a join users u on u.id = a.actor_id where a.notification_id = n.id and ${heard(userId)})
  and (n.post_id is null or exists (select 1 from ${postAt("n.post_id")} join users u on u.id = p.author_id where ${postVisible(userId)})))`;

/** The viewer's notifications, newest first: all, or those of one tab. */
export async function listNotifications(viewer: Viewer, page: Page, show: Tab = "all"): Promise<Slice<NotificationView>> {
  const asked = { viewer: viewer.id, cursor: page.cursor ?? NEWEST, count: page.limit + 1 };
  const rows = await (show === "all" ? readRows(asked) : readTab({ ...asked, tab: show }));
  const more = rows.length > page.limit;
  const kept = rows.slice(0, page.limit);
  const [people, posts] = await Promise.all([
    listSummaries(viewer, [...new Set(kept.flatMap((row) => row.actor_ids))]),
    hydratePosts(viewer, [...new Set(kept.flatMap((row) => row.post_id ?? []))]),
  ]);
  const postOf = new Map(posts.map((post) => [post.id, post]));
  const items = kept.map((row) => toView(row, people, row.post_id === null ? undefined : postOf.get(row.post_id)));
  return { items, nextCursor: more ? kept.at(-1)!.latest_id : null };
}

type Arg = (name: "viewer" | "cursor" | "count") => string;

const rowsOf = (arg: Arg, which: SQL): SQL => {
  const me = sql`${arg("viewer")}::bigint`;
  return sql`
    select n.id, n.latest_id, n.kind, n.post_id, n.comment_id, n.actor_count, n.updated_at, n.detail,
      n.latest_id <= me.notifications_read_id as is_read,
      (select c.content from comments c join posts p on p.id = c.post_id where c.id = n.comment_id and ${commentVisible(arg("viewer"))}) as comment,
      (select c.user_id = ${me} from comments c where c.id = n.comment_id) as is_own_comment, ${joinedWords(arg("viewer"), "comments")} as hidden_words,
      -- Actors that a block hides leave the count at once, before the job has tidied up; and those who are muted.
      (select count(distinct a.actor_id)::int from (
         select case when b.blocker_id = ${me} then b.blocked_id else b.blocker_id end as id from blocks b where b.blocker_id = ${me} or b.blocked_id = ${me}
         union all select m.muted_id from mutes m where m.muter_id = ${me}) away join notification_actors a on a.notification_id = n.id and a.actor_id = away.id) as hidden,
      faces.ids as actor_ids,
      exists (select 1 from follows f where f.follower_id = ${me} and f.followee_id = faces.ids[1] and f.state = 'active') as following_back
    from notifications n join users me on me.id = n.user_id
    cross join lateral (
      select array_agg(actor_id order by newest desc) as ids from (
        select a.actor_id, max(a.id) as newest from notification_actors a join users u on u.id = a.actor_id
        where a.notification_id = n.id and ${heard(arg("viewer"))} group by a.actor_id order by newest desc limit ${sql.raw(String(ACTORS_SHOWN))}) latest) faces
    where n.user_id = ${me} and ${which} and n.latest_id < ${arg("cursor")}::bigint and ${shown(arg("viewer"))}
    order by n.latest_id desc limit ${arg("count")}::int`;
};

const readRows = prepared<Row, "viewer" | "cursor" | "count">("notifications", (arg) => rowsOf(arg, sql`true`));
// A statement of its own: one for both could not go by the index of a tab.
const readTab = prepared<Row, "viewer" | "cursor" | "count" | "tab">("notifications of a tab", (arg) => rowsOf(arg, sql`n.tab = ${arg("tab")}::text`));

/** The word may be newer than the notification, of which nobody would be told now. */
const isUnwanted = ({ is_own_comment, hidden_words }: Row, comment: string) => !is_own_comment && hasHiddenWord(comment, splitWords(hidden_words));

function toView(row: Row, people: Map<string, UserSummary>, post?: PostView): NotificationView {
  // Kinds without other people have oneself in the table.
  const isOwn = row.kind === "milestone" || row.kind === "security";
  return {
    id: row.id,
    kind: row.kind,
    actors: isOwn ? [] : row.actor_ids.flatMap((id) => people.get(id) ?? []),
    actor_count: isOwn ? 0 : Math.max(row.actor_ids.length, row.actor_count - row.hidden),
    post: post ? toSketch(post) : null,
    comment: row.comment_id !== null && row.comment !== null && !isUnwanted(row, row.comment) ? { id: row.comment_id, content: row.comment } : null,
    milestone: row.kind === "milestone" ? (row.detail as Milestone) : null,
    security: row.kind === "security" ? (row.detail as SecurityNotice) : null,
    is_read: row.is_read,
    following_back: row.following_back,
    created_at: new Date(row.updated_at).toISOString(),
  };
}

const unread = prepared<{ unread: number }, "viewer">("unread notifications", (arg) => sql`
  select count(*)::int as unread from (
    select 1 from notifications n
    where n.user_id = ${arg("viewer")}::bigint and n.latest_id > (select notifications_read_id from users where id = ${arg("viewer")}::bigint) and ${shown(arg("viewer"))}
    limit ${sql.raw(String(MOST_COUNTED))}) counted`);

/** How many groups the viewer has not looked at; counting stops at 100. */
export async function countUnread(viewer: Pick<Viewer, "id">): Promise<number> {
  const [row] = await unread({ viewer: viewer.id });
  return row!.unread;
}
