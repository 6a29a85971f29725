import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import type { WordScope } from "./types";
import { type HiddenWord, toHiddenWord } from "./words";

const COLUMN = { comments: sql.raw("in_comments"), messages: sql.raw("in_messages"), posts: sql.raw("in_posts") } as const;

/** Between the words in `joinedWords`; never in a folded phrase. */
const SEPARATOR = "\n";

/** SQL: the words that a person (an expression) hides in one of `scopes`, joined into one text, or null; for `splitWords`. */
export const joinedWords = (person: SQL | string, ...scopes: WordScope[]): SQL => sql`(
  select string_agg(hw.phrase_key, E'\n') from hidden_words hw where hw.user_id = ${person}::bigint and (${sql.join(scopes.map((scope) => sql`hw.${COLUMN[scope]}`), sql` or `)}) and (hw.until is null or hw.until > now()))`;

export const splitWords = (joined: string | null): HiddenWord[] => (joined === null ? [] : joined.split(SEPARATOR).map(toHiddenWord));

/** The words that a person hides there. */
export async function readHiddenWords(personId: string, scope: WordScope, executor: Executor = db()): Promise<HiddenWord[]> {
  const [row] = await executor.execute<{ words: string | null }>(sql`select ${joinedWords(personId, scope)} as words`);
  return splitWords(row!.words);
}
