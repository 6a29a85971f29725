import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { invalid, invalidField, notFound, overtaken } from "@/lib/platform/errors";
import { claimKey, findClaimed } from "@/lib/platform/http/claim";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { DraftContent } from "./schemas";
import type { DraftView } from "./types";

type Owner = Pick<Viewer, "id">;
type Row = { id: string; revision: number; content: DraftContent; updated_at: string; created_at: string };

export const MAX_DRAFTS = 50;
/** Days without a touch after which a draft goes, with uploads that nothing else names. */
const KEPT_DAYS = 90;

const COLUMNS = sql.raw("d.id, d.revision, d.content, d.updated_at, d.created_at");

/** The viewer's own drafts, the last touched first. There are few, so there are no pages. */
export async function listDrafts(viewer: Owner): Promise<DraftView[]> {
  const rows = await db().execute<Row>(sql`select ${COLUMNS} from drafts d where d.user_id = ${viewer.id}::bigint order by d.updated_at desc, d.id desc limit ${MAX_DRAFTS}::int`);
  return withFiles(viewer, [...rows]);
}

/** One draft of the viewer's own. Throws not_found. */
export async function getDraft(viewer: Owner, id: string): Promise<DraftView> {
  const rows = await db().execute<Row>(sql`select ${COLUMNS} from drafts d where d.id = ${id}::bigint and d.user_id = ${viewer.id}::bigint`);
  const [draft] = await withFiles(viewer, [...rows]);
  if (!draft) throw notFound();
  return draft;
}

/**
 * Keeps what the composer holds; its uploads are spared by the sweep for as long. The same `key` from the same person
 * within a day gives the first draft back. Throws invalid with the item named, or when there are too many.
 */
export async function saveDraft(viewer: Owner, content: DraftContent, key: string | null): Promise<DraftView> {
  const earlier = key === null ? null : await findClaimed(viewer.id, key, "draft");
  const id = earlier ?? (await db().transaction((tx) => insert(tx, viewer, content, key)));
  return getDraft(viewer, id);
}

async function insert(tx: Transaction, viewer: Owner, content: DraftContent, key: string | null): Promise<string> {
  // One after another, or two at once would pass the limit.
  await tx.execute(sql`select 1 from users where id = ${viewer.id}::bigint for no key update`);
  const earlier = key === null ? null : await findClaimed(viewer.id, key, "draft", tx);
  if (earlier !== null) return earlier;
  await judge(tx, viewer, content);
  const [made] = await tx.execute<{ id: string }>(sql`
    insert into drafts (user_id, content) select ${viewer.id}::bigint, ${JSON.stringify(content)}::text::jsonb
    where (select count(*) from drafts where user_id = ${viewer.id}::bigint) < ${MAX_DRAFTS}::int returning id`);
  if (!made) throw invalidField("content", `You have ${MAX_DRAFTS} drafts. Post or delete one first.`);
  if (key !== null) await claimKey(tx, viewer.id, key, made.id, "draft");
  return made.id;
}

/**
 * Puts new content into a draft that is at `revision`. Saving the same again changes nothing. Throws not_found, invalid,
 * and conflict with what is there now when another device was quicker.
 */
export async function updateDraft(viewer: Owner, id: string, content: DraftContent, revision: number): Promise<DraftView> {
  const isSaved = await db().transaction(async (tx) => {
    const text = JSON.stringify(content);
    const [row] = await tx.execute<{ revision: number; is_same: boolean }>(sql`
      select revision, content = ${text}::text::jsonb as is_same from drafts where id = ${id}::bigint and user_id = ${viewer.id}::bigint for update`);
    if (!row) throw notFound();
    if (row.is_same) return true;
    if (row.revision !== revision) return false;
    await judge(tx, viewer, content);
    await tx.execute(sql`update drafts set content = ${text}::text::jsonb, revision = revision + 1, updated_at = now() where id = ${id}::bigint`);
    return true;
  });
  const draft = await getDraft(viewer, id);
  if (!isSaved) throw overtaken("This draft was changed on another device.", draft);
  return draft;
}

/** Forgets a draft; its uploads go a day after they came, unless something else names them. Repeating it does nothing. */
export async function deleteDraft(viewer: Owner, id: string, tx: Pick<Transaction, "execute"> = db()): Promise<void> {
  await tx.execute(sql`delete from drafts where id = ${id}::bigint and user_id = ${viewer.id}::bigint`);
}

/** Forgets drafts that nobody has touched for 90 days. Returns how many. */
export async function sweepDrafts(): Promise<number> {
  const rows = await db().execute(sql`delete from drafts where updated_at < now() - make_interval(days => ${KEPT_DAYS}) returning 1`);
  return rows.length;
}

/** What a draft names are the viewer's own uploads that are in no post. */
async function judge(tx: Transaction, viewer: Owner, { media }: DraftContent): Promise<void> {
  const ids = media.map((item) => item.id);
  const rows = await tx.execute<{ id: string }>(sql`
    select id from media where id = any (${`{${ids.join(",")}}`}::text::bigint[]) and owner_id = ${viewer.id}::bigint and purpose = 'post' and post_id is null and state <> 'failed'`);
  const there = new Set([...rows].map((row) => row.id));
  const missing = ids.flatMap((id, place) => (there.has(id) ? [] : [[`content.media.${place}`, "This photo is not there. Add it again."] as const]));
  if (missing.length > 0) throw invalid(missing[0]![1], Object.fromEntries(missing));
}

type FileRow = { id: string; kind: "image" | "video"; content_type: string; bytes: string; is_free: boolean };

/** Beside each draft what is known of its files; one that has gone into a post since is not there any more. */
async function withFiles(viewer: Owner, rows: Row[]): Promise<DraftView[]> {
  const ids = [...new Set(rows.flatMap((row) => row.content.media.map((item) => item.id)))];
  const files = ids.length === 0 ? [] : await db().execute<FileRow>(sql`
    select id, kind, content_type, bytes, post_id is null and state <> 'failed' as is_free from media where id = any (${`{${ids.join(",")}}`}::text::bigint[]) and owner_id = ${viewer.id}::bigint`);
  const byId = new Map([...files].map((file) => [file.id, file]));
  return rows.map(({ id, revision, content, updated_at, created_at }) => ({
    id, revision, content,
    files: content.media.map((item) => {
      const file = byId.get(item.id);
      return { media_id: item.id, type: file?.kind ?? "image", content_type: file?.content_type ?? "", bytes: Number(file?.bytes ?? 0), is_there: file?.is_free ?? false };
    }),
    updated_at: new Date(updated_at).toISOString(), created_at: new Date(created_at).toISOString(),
  }));
}
