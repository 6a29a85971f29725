import "server-only";
import { sql } from "drizzle-orm";
import { db, type Executor } from "@/db/client";
import { prepared } from "@/db/prepared";
import { allowed } from "@/lib/privacy/who-may";
import { extractText } from "./text";

/** Ids of living people named with @ in a text who let its writer name them. Says nothing of what they may see. */
export async function listMentionedUserIds(text: string, writerId: string, executor: Executor = db()): Promise<string[]> {
  const { mentions } = extractText(text);
  if (mentions.length === 0) return [];
  const rows = await executor.execute<{ id: string }>(sql`
    select id from users where username_key in (select jsonb_array_elements_text(${JSON.stringify(mentions)}::text::jsonb)) and deleted_at is null
      and ${allowed("mentions", writerId, sql.raw("users.id"))}
    order by id`);
  return [...rows].map((row) => row.id);
}

/** Who may not name whom: such a name stays text. */
export type Refused = ReadonlySet<string>;
export type Naming = { writerId: string; names: readonly string[] };

const NOBODY: Refused = new Set();
const keyOf = (writerId: string, name: string) => `${writerId} ${name}`;

export const isRefused = (refused: Refused, writerId: string, name: string): boolean => refused.size > 0 && refused.has(keyOf(writerId, name));

const readRefused = prepared<{ writer: string; name: string }, "writers" | "names">("mentions refused", (arg) => sql`
  select w.writer::text, w.name from unnest(${arg("writers")}::text::bigint[], ${arg("names")}::text::text[]) as w(writer, name)
  cross join lateral (select u.id from users u where u.username_key = w.name offset 0) named
  cross join lateral (select 1 from privacy_settings ps where ps.user_id = named.id and ps.mentions_from <> 'everyone' offset 0) choosy
  where not ${allowed("mentions", sql`w.writer`, sql`named.id`)}`);

const pairsOf = (namings: readonly Naming[]) => new Map(namings.flatMap(({ writerId, names }) => names.map((name) => [keyOf(writerId, name), [writerId, name] as const])));

/**
 * Of the names in texts by these writers, those whose owners do not let them. One statement, none when nobody is named, or
 * when all of it was `known` before.
 */
export async function listRefused(namings: readonly Naming[], known: { of: readonly Naming[]; refused: Refused } = { of: [], refused: NOBODY }): Promise<Refused> {
  const pairs = pairsOf(namings);
  for (const key of pairsOf(known.of).keys()) pairs.delete(key);
  if (pairs.size === 0) return known.refused;
  const all = [...pairs.values()];
  const rows = await readRefused({ writers: `{${all.map(([writer]) => writer).join(",")}}`, names: `{${all.map(([, name]) => name).join(",")}}` });
  return new Set([...known.refused, ...rows.map(({ writer, name }) => keyOf(writer, name))]);
}
