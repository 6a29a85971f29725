import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { arrange, attachReplacements, detach, type Held, listHeld, setAlts, takePlace } from "@/lib/media/attached";
import { verifyUploads } from "@/lib/media/service";
import { invalid } from "@/lib/platform/errors";
import { announce } from "@/lib/platform/jobs/queue";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { keepPeople, setPeople } from "./people";
import type { HeldItem } from "./schemas";
import { keepVersion } from "./versions";

type Author = Pick<Viewer, "id">;
type Replacing = HeldItem & { replaces: string };

const isReplacing = (item: HeldItem): item is Replacing => item.replaces !== undefined;

/** Makes sure that what is to replace something has arrived, outside any transaction. Throws as `verifyUploads`. */
export async function verifyReplacements(author: Author, items: readonly HeldItem[] = []): Promise<void> {
  const ids = items.filter(isReplacing).map((item) => item.id);
  if (ids.length > 0) await verifyUploads(author, ids);
}

/**
 * Makes a locked post hold these items in this order. What nobody has seen yet is replaced at once; of a post that was
 * out, when the new item is ready (`settleReplacement`). Returns whether anything changed. Throws invalid with the item named.
 */
export async function holdItems(tx: Transaction, author: Author, post: { id: string; /** Others have seen it. */ wasOut: boolean; /** What it was has been noted down. */ isKept: boolean }, items: readonly HeldItem[]): Promise<boolean> {
  const held = await listHeld(tx, post.id);
  const there = held.filter((item) => item.position !== null);
  const wanted = items.map((item) => settledItem(item, held));
  judge(wanted, there);
  const order = wanted.map((item) => item.replaces ?? item.id);
  const gone = there.filter((item) => !order.includes(item.id)).map((item) => item.id);
  const isMoved = order.join() !== there.map((item) => item.id).join();
  if (isMoved && post.wasOut && !post.isKept) await keepVersion(tx, post.id);
  await forget(tx, post.id, [...gone, ...overtakenBy(wanted, held, gone)]);
  if (isMoved) await arrange(tx, post.id, order);
  const coming = wanted.filter(isReplacing).filter((item) => !held.some((one) => one.id === item.id));
  if (coming.length > 0) await attachReplacements(tx, author, post.id, coming.map((item) => ({ ...item, alt: item.alt ?? "" })));
  for (const { id, replaces } of coming) await keepPeople(tx, post.id, replaces, id);
  if (!post.wasOut) for (const { id } of coming) await replaceNow(tx, post.id, id);
  const people = await setAllPeople(tx, author, post.id, wanted, held);
  const alts = await setAlts(tx, post.id, Object.fromEntries(wanted.flatMap(({ id, alt }) => (alt === undefined ? [] : [[id, alt]]))));
  if (!isMoved && coming.length === 0) return alts.length > 0 || people;
  await describe(tx, post.id);
  return true;
}

/** People of a photo that waits to be replaced are set on both, so that none comes back with the new one. */
async function setAllPeople(tx: Transaction, author: Author, postId: string, wanted: readonly HeldItem[], held: readonly Held[]): Promise<boolean> {
  let isChanged = false;
  for (const [at, { id, tags }] of wanted.entries()) {
    if (!tags) continue;
    const waiting = held.filter((item) => item.replaces_id === id && item.kind === "image" && item.state !== "failed");
    for (const mediaId of [id, ...waiting.map((item) => item.id)]) if (await setPeople(tx, author, postId, mediaId, tags, `media.${at}.tags`)) isChanged = true;
  }
  return isChanged;
}

/** A request that is repeated finds its replacement in place already. */
function settledItem(item: HeldItem, held: Held[]): HeldItem {
  const isIn = held.some((one) => one.id === item.id && one.position !== null);
  return isIn ? { ...item, replaces: undefined } : item;
}

function judge(wanted: readonly HeldItem[], there: readonly Held[]): void {
  const fields: Record<string, string> = {};
  const seen = new Set<string>();
  wanted.forEach(({ id, replaces }, place) => {
    const at = replaces ?? id;
    if (!there.some((item) => item.id === at)) fields[`media.${place}`] = "This photo is not in the post.";
    else if (seen.has(at)) fields[`media.${place}`] = "The same photo is there twice.";
    seen.add(at);
  });
  const [first] = Object.values(fields);
  if (first) throw invalid(first, fields);
}

/** What waited to replace something that is gone, that is to be replaced by another, or that could not be prepared. */
function overtakenBy(wanted: readonly HeldItem[], held: readonly Held[], gone: readonly string[]): string[] {
  const waiting = held.filter((item) => item.position === null);
  const other = ({ id, replaces_id }: Held) => wanted.some((item) => item.replaces === replaces_id && item.id !== id);
  return waiting.filter((item) => gone.includes(item.replaces_id!) || other(item) || item.state === "failed").map((item) => item.id);
}

async function forget(tx: Transaction, postId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.execute(sql`delete from photo_tags where post_id = ${postId}::bigint and media_id = any (${`{${ids.join(",")}}`}::text::bigint[])`);
  await detach(tx, postId, ids);
}

async function replaceNow(tx: Transaction, postId: string, mediaId: string): Promise<void> {
  const replaced = await takePlace(tx, postId, mediaId);
  if (replaced !== null) await forget(tx, postId, [replaced]);
}

/** What a post says of how many and what it holds. */
export async function describe(tx: Transaction, postId: string): Promise<void> {
  await tx.execute(sql`
    update posts p set media_count = m.count, content_type = case when m.count > 1 then 'carousel' when m.has_video then 'video' else 'photo' end
    from (select count(*)::int as count, bool_or(kind = 'video') as has_video from media where post_id = ${postId}::bigint and position is not null) m where p.id = ${postId}::bigint`);
}

/** Shows what waited to replace an item, now that it is ready. Returns whether it was such; repeating it changes nothing. */
export async function settleReplacement(mediaId: string): Promise<boolean> {
  return db().transaction(async (tx) => {
    const [post] = await tx.execute<{ id: string; is_deleted: boolean }>(sql`
      select p.id, p.deleted_at is not null as is_deleted from posts p join media m on m.post_id = p.id where m.id = ${mediaId}::bigint and m.replaces_id is not null and m.state = 'ready' for update of p`);
    if (!post) return false;
    await keepVersion(tx, post.id, true);
    if ((await takePlace(tx, post.id, mediaId)) === null) return false;
    await describe(tx, post.id);
    await tx.execute(sql`update posts set edited_at = now(), updated_at = now() where id = ${post.id}::bigint`);
    if (!post.is_deleted) await announce(tx, "post.edited", { postId: post.id });
    return true;
  });
}
