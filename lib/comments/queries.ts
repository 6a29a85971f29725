import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { forbidden, notFound } from "@/lib/platform/errors";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { commentReachable, commentVisible } from "@/lib/platform/visibility/comments";
import { accountVisible, postVisible } from "@/lib/platform/visibility/visibility";
import { listRefused } from "@/lib/posts/mentions";
import { getVisiblePostRef, type PostRef } from "@/lib/posts/queries";
import { extractText } from "@/lib/posts/text";
import { readHiddenWords } from "@/lib/privacy/hidden-words";
import { allowed, whoInWords } from "@/lib/privacy/who-may";
import { hasHiddenWord, type HiddenWord } from "@/lib/privacy/words";
import type { WhoMay } from "@/lib/privacy/types";
import { commentColumns, type CommentRow, toCommentView } from "./columns";
import type { CommentCursor } from "./cursors";
import { OLDER, readOlder, readRanked, readStart } from "./relevance";
import type { Commenting, CommentSort, CommentView } from "./types";
import { withoutBlocked } from "./uncounted";

type Asker = Viewer | null;
type Ranked = CommentRow & { grade?: number; score?: string };
type Wanted = { limit: number; cursor: CommentCursor | null; parentId?: string; sort?: CommentSort; state?: "pending" | "hidden"; /** Of these only, replies too; all in one part. */ ids?: string[]; /** The id of one that is there whatever words it has. */ evenSo?: string };
export type CommentSlice = { items: CommentView[]; nextCursor: CommentCursor | null };

/** Rows of a list from a cursor on; and the cursor that stands behind a row. */
type Source = { read: (cursor: CommentCursor | null, limit: number) => Promise<Ranked[]>; behind: (row: Ranked) => CommentCursor };

const FROM = sql.raw("from comments c join posts p on p.id = c.post_id join users w on w.id = c.user_id");

/**
 * Comments of a post by relevance or newest first, or with `parentId` the replies to one, oldest first; without those of
 * people the viewer may not see and those with words they hide. `state`: what waits or was put away, replies too, for the
 * post's author. Throws not_found, forbidden.
 */
export async function listComments(viewer: Asker, postId: string, wanted: Wanted): Promise<CommentSlice> {
  const [post, words] = await Promise.all([getVisiblePostRef(db(), viewer, postId), viewer ? readHiddenWords(viewer.id, "comments") : []]);
  if (wanted.state && post.authorId !== viewer?.id) throw forbidden("Only the post's author sees what waits or was hidden.");
  if (wanted.ids) return { items: await toViews(viewer, (await readSome(viewer, post, wanted.ids)).filter((row) => isWanted(row, post, viewer, words))), nextCursor: null };
  const byRelevance = wanted.sort === "relevance" && wanted.parentId === undefined && wanted.state === undefined;
  const source = byRelevance ? await relevance(viewer, post, wanted.cursor) : chronicle(viewer, post, wanted);
  return collect(viewer, source, wanted, (row) => row.id === wanted.evenSo || isWanted(row, post, viewer, words));
}

/** One's own posts are moderated by hand and when comments arrive; elsewhere hidden words are just not read. */
const isWanted = (row: CommentRow, post: PostRef, viewer: Asker, words: readonly HiddenWord[]) =>
  post.authorId === viewer?.id || row.is_own || !hasHiddenWord(row.content, words);

async function collect(viewer: Asker, { read, behind }: Source, { limit, cursor }: Wanted, keep: (row: Ranked) => boolean): Promise<CommentSlice> {
  const found: Ranked[] = [];
  let at = cursor;
  for (let round = 0; found.length <= limit; round++) {
    const asked = (limit + 1 - found.length) * 2 ** Math.min(round, 4);
    const rows = await read(at, asked);
    found.push(...rows.filter(keep));
    if (rows.length < asked) break;
    at = behind(rows.at(-1)!);
  }
  const rows = found.slice(0, limit);
  return { items: await toViews(viewer, rows), nextCursor: found.length > limit ? behind(rows.at(-1)!) : null };
}

/** With whom each may name. */
export async function toViews(viewer: Asker, rows: CommentRow[]): Promise<CommentView[]> {
  const [refused, counted] = await Promise.all([listRefused(rows.map((row) => ({ writerId: row.user_id, names: extractText(row.content).mentions }))), withoutBlocked(viewer, rows)]);
  return counted.map((row) => toCommentView(row, refused));
}

const readSome = async (viewer: Asker, post: PostRef, ids: string[]): Promise<Ranked[]> => [...(await db().execute<Ranked>(sql`
  select ${commentColumns(viewer?.id ?? null)} ${FROM} where c.post_id = ${post.id}::bigint and c.id = any(${sql.param(ids)}::text[]::bigint[]) and ${visible(viewer)} order by c.id desc`))];

/** In the order of their ids. */
function chronicle(viewer: Asker, post: PostRef, { parentId, state }: Wanted): Source {
  const of = state ? sql`c.state = ${state}` : parentId === undefined ? sql`c.parent_id is null` : sql`c.parent_id = ${parentId}::bigint`;
  const isForward = parentId !== undefined && !state;
  return {
    behind: ({ id }) => ({ kind: "id", id }),
    read: async (cursor, limit) => {
      const after = cursor === null ? sql`true` : isForward ? sql`c.id > ${cursor.id}::bigint` : sql`c.id < ${cursor.id}::bigint`;
      return [...(await db().execute<Ranked>(sql`
        select ${commentColumns(viewer?.id ?? null)} ${FROM}
        where c.post_id = ${post.id}::bigint and ${of} and ${after} and ${visible(viewer)}
        order by c.id ${isForward ? sql`asc` : sql`desc`} limit ${limit}`))];
    },
  };
}

/** Ranked ones first, then what is older; which is which stays as it was when the visit began. */
async function relevance(viewer: Asker, post: PostRef, cursor: CommentCursor | null): Promise<Source> {
  const [start] = cursor?.kind === "relevance" ? [cursor] : await readStart({ post: post.id });
  const { at, floor } = start!;
  const me = viewer?.id ?? null;
  const read = async (from: CommentCursor | null, limit: number): Promise<Ranked[]> => {
    const last = from?.kind === "relevance" ? from : null;
    const head = last && last.grade >= OLDER ? [] : await readRanked(me, post.id, { at, floor }, last, limit);
    if (head.length === limit || floor === "0") return head;
    const below = last && last.grade >= OLDER ? last.id : floor;
    return [...head, ...(await readOlder(me, post.id, at, below, limit - head.length))];
  };
  return { read, behind: (row) => ({ kind: "relevance", at, floor, grade: row.grade!, score: Number(row.score), id: row.id }) };
}

const visible = (viewer: Asker): SQL => sql`${commentVisible(viewer?.id ?? null)} and ${accountVisible(viewer?.id ?? null, "w")}`;

/** One comment, through the viewer. Throws not_found. */
export async function getComment(viewer: Asker, id: string): Promise<CommentView> {
  const comment = await findComment(viewer, id);
  if (!comment) throw notFound();
  return comment;
}

/** The same; null when it is not there for the viewer. */
async function findComment(viewer: Asker, id: string): Promise<CommentView | null> {
  const [row] = await db().execute<CommentRow>(sql`
    select ${commentColumns(viewer?.id ?? null)} ${FROM} join users u on u.id = p.author_id
    where c.id = ${id}::bigint and ${postVisible(viewer?.id ?? null)} and ${commentReachable(viewer?.id ?? null)}`);
  return row ? (await toViews(viewer, [row]))[0]! : null;
}

/** How many replies before the one that is wanted, and from there on, are shown at once. */
const BEFORE = 3;
const AROUND = 12;

/** `isUnwanted`: it, or what it answers, has a word that the viewer hides; in lists they would not find it. */
export type ThreadView = { comment: CommentView; root: CommentView; replies: CommentSlice | null; hasEarlier: boolean; isUnwanted: boolean };

/** One comment of a post with its thread around it; null when it is not there for the viewer. */
export async function findThread(viewer: Asker, postId: string, commentId: string): Promise<ThreadView | null> {
  const [comment, words] = await Promise.all([findComment(viewer, commentId), viewer ? readHiddenWords(viewer.id, "comments") : []]);
  // Only one's own comments and those on one's own posts one may delete.
  const hasWord = (one: CommentView) => !one.can_delete && hasHiddenWord(one.content, words);
  if (!comment || comment.post_id !== postId) return null;
  if (comment.parent_id === null) return { comment, root: comment, replies: null, hasEarlier: false, isUnwanted: hasWord(comment) };
  const root = await getComment(viewer, comment.parent_id);
  const before = await db().execute<{ id: string }>(sql`
    select c.id ${FROM} where c.post_id = ${postId}::bigint and c.parent_id = ${root.id}::bigint and c.id < ${comment.id}::bigint and ${visible(viewer)} order by c.id desc limit ${BEFORE + 1}`);
  const hasEarlier = before.length > BEFORE;
  const cursor: CommentCursor | null = hasEarlier ? { kind: "id", id: before[BEFORE]!.id } : null;
  const replies = await listComments(viewer, postId, { limit: AROUND, cursor, parentId: root.id, evenSo: comment.id });
  return { comment, root, hasEarlier, replies, isUnwanted: hasWord(comment) || hasWord(root) };
}

/** Whether the viewer may comment on a post that they see; says why not. */
export async function getCommenting(viewer: Viewer, postId: string, executor: Pick<ReturnType<typeof db>, "execute"> = db()): Promise<Commenting> {
  const [row] = await executor.execute<{ enabled: boolean; allowed: boolean; comments_from: WhoMay | null; old_follower_days: number | null; username: string }>(sql`
    select p.comments_enabled as enabled, ${allowed("comments", viewer.id, sql.raw("p.author_id"))} as allowed, s.comments_from, s.old_follower_days, u.username
    from posts p join users u on u.id = p.author_id left join privacy_settings s on s.user_id = p.author_id where p.id = ${postId}::bigint`);
  if (!row?.enabled) return { allowed: false, reason: "Comments are turned off for this post." };
  if (row.allowed) return { allowed: true };
  const who = whoInWords(row.comments_from!, row.username, row.old_follower_days!);
  return { allowed: false, reason: who ? `Only ${who} can comment here.` : `${row.username} lets nobody comment.` };
}
