import { idAt } from "@/lib/platform/ids";
import type { Page, Slice } from "@/lib/platform/pagination/pagination";

/**
 * Where a list of people stands that shows mutuals (whom the viewer follows) first: in which of its two parts, after
 * which follow, and since when. Only follows of the viewer's own that are older than `since` make somebody a mutual, so
 * that a person followed while the list is open does not jump into the part that has already been passed.
 */
export type PeopleCursor = { part: "mutuals" | "others"; after: string; since: string };

/** Before the first row. */
const TOP = String(2n ** 63n - 1n);

/** Ids round their millisecond, so what was followed a moment ago may bear the next one. */
const ROUNDING_MS = 2;

export function startOfList(now = Date.now()): PeopleCursor {
  return { part: "mutuals", after: TOP, since: idAt(new Date(now + ROUNDING_MS)) };
}

export const endOfMutuals = (cursor: PeopleCursor): PeopleCursor => ({ ...cursor, part: "others", after: TOP });

/** The form in which it travels as a list's cursor: "m" or "o", the id, a dash, the id. */
export const writeCursor = ({ part, after, since }: PeopleCursor): string => `${part[0]}${after}-${since}`;

export function readCursor(text: string | null): PeopleCursor {
  const parts = text?.match(/^([mo])(\d+)-(\d+)$/);
  if (!parts) return startOfList();
  return { part: parts[1] === "m" ? "mutuals" : "others", after: parts[2]!, since: parts[3]! };
}

/**
 * A page of such a list. `fetch` reads rows of the part that the cursor is in, after it; `idOf` is the id by which the list is ordered, falling.
 * Somebody signed out has no mutuals.
 */
export async function knownFirst<Row>(me: string | null, page: Page, fetch: (cursor: PeopleCursor, limit: number) => Promise<Row[]>, idOf: (row: Row) => string): Promise<Slice<Row>> {
  let cursor = readCursor(page.cursor);
  if (me === null && cursor.part === "mutuals") cursor = endOfMutuals(cursor);
  let rows = await fetch(cursor, page.limit + 1);
  const items = rows.slice(0, page.limit);
  if (cursor.part === "mutuals" && rows.length <= page.limit) {
    cursor = endOfMutuals(cursor);
    rows = await fetch(cursor, page.limit - items.length + 1);
    const others = rows.slice(0, page.limit - items.length);
    items.push(...others);
    const last = others.at(-1);
    return { items, nextCursor: rows.length > others.length ? writeCursor({ ...cursor, after: last ? idOf(last) : cursor.after }) : null };
  }
  const last = items.at(-1);
  return { items, nextCursor: rows.length > page.limit && last ? writeCursor({ ...cursor, after: idOf(last) }) : null };
}
