import { isId } from "@/lib/platform/ids";
import { decodeCursor, encodeCursor } from "@/lib/platform/pagination/pagination";

/**
 * Where a list of comments goes on: after an id where ids are the order, or in the order of relevance. That begins with
 * the newest of the post, ranked (from the id `floor` on); the older ones follow, newest first. `at`: when the visit
 * began, in ms: what was pinned since is not lifted over what was already shown.
 */
export type RelevanceCursor = { at: number; floor: string; grade: number; score: number; id: string };
export type CommentCursor = { kind: "id"; id: string } | ({ kind: "relevance" } & RelevanceCursor);

const short = (id: string) => BigInt(id).toString(36);
const MARK = "c";

export function encodeCommentCursor(cursor: CommentCursor): string {
  if (cursor.kind === "id") return encodeCursor(cursor.id);
  const { at, floor, grade, score, id } = cursor;
  return Buffer.from([MARK + at.toString(36), short(floor), grade, score.toString(36), short(id)].join(".")).toString("base64url");
}

/** Null when it is none. */
export function decodeCommentCursor(text: string): CommentCursor | null {
  const id = decodeCursor(text);
  if (id !== null) return { kind: "id", id };
  const parts = /^c([0-9a-z]{1,9})\.([0-9a-z]{1,13})\.([0-5])\.([0-9a-z]{1,9})\.([0-9a-z]{1,13})$/.exec(Buffer.from(text, "base64url").toString());
  if (!parts) return null;
  const [floor, last] = [long(parts[2]!), long(parts[5]!)];
  if (!isId(floor) || !isId(last)) return null;
  return { kind: "relevance", at: Number.parseInt(parts[1]!, 36), floor, grade: Number(parts[3]), score: Number.parseInt(parts[4]!, 36), id: last };
}

function long(text: string): string {
  return String([...text].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n));
}
