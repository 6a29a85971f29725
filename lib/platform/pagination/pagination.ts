import { z } from "zod";
import { isId } from "@/lib/platform/ids";

export const DEFAULT_LIMIT = 20;
export const MAX_LIMIT = 100;

/** `?limit=&cursor=` of every list (API.md). The cursor is opaque outside; inside it is the last row's id. */
export const pageSchema = z.object({
  limit: z.coerce.number().int().min(1, "must be 1 to 100").max(MAX_LIMIT, "must be 1 to 100").default(DEFAULT_LIMIT),
  cursor: z.string().max(100).optional().transform((value, ctx) => {
    if (value === undefined || value === "") return null;
    const id = decodeCursor(value);
    if (id === null) ctx.addIssue({ code: "custom", message: "is not a cursor of this list" });
    return id;
  }),
});

/** Same, with the `?offset=` that older clients send. */
export const offsetPageSchema = pageSchema.extend({ offset: z.coerce.number().int().min(0).max(1000, "must be 0 to 1000").default(0) });

/** Which part of a list is wanted: rows older than the id `cursor`, `limit` of them. */
export type Page = { limit: number; cursor: string | null };

/** Above every id: where a list without cursor begins, for statements that always compare. */
export const NEWEST = "9223372036854775807";

/** A part of a list; `nextCursor` is the raw id to go on from, null at the end. */
export type Slice<T> = { items: T[]; nextCursor: string | null };

export const encodeCursor = (id: string) => Buffer.from(`k${id}`).toString("base64url");

export function decodeCursor(cursor: string): string | null {
  const text = Buffer.from(cursor, "base64url").toString();
  return text.startsWith("k") && isId(text.slice(1)) ? text.slice(1) : null;
}

/** Cuts rows that were fetched with `limit + 1` into a slice. */
export function sliceOf<T>(rows: T[], limit: number, idOf: (row: T) => string): Slice<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? idOf(last) : null };
}

/** The `pagination` member of an answer. */
export function paginationOf(page: Page, slice: Slice<unknown>) {
  return { limit: page.limit, count: slice.items.length, next_cursor: slice.nextCursor === null ? null : encodeCursor(slice.nextCursor) };
}
