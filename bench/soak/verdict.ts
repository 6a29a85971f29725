import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { verdict } from "../chaos/verdict";
import type { Facts } from "./facts";
import type { Person } from "./person";

/** Everything that is not as it was promised, while it ran and after it, in words. */
export async function soakVerdict(facts: Facts, people: readonly Person[]): Promise<string[]> {
  return [...facts.wrongs, ...(await verdict(people)), ...(await deletions(people)), ...(await comments(people)), ...(await standings(facts, people))];
}

async function deletions(people: readonly Person[]): Promise<string[]> {
  const gone = people.flatMap(({ deleted }) => [...deleted]);
  const rows = await db().execute<{ id: string }>(sql`select id from posts where deleted_at is null and id = any(${`{${gone.join(",")}}`}::text::bigint[])`);
  return rows.map(({ id }) => `the post ${id} was deleted and is there`);
}

async function comments(people: readonly Person[]): Promise<string[]> {
  const rows = await db().execute<{ id: string; content: string }>(sql`select id, content from comments where deleted_at is null`);
  const byKey = Map.groupBy(rows, ({ content }) => content.split(" ").at(-1)!);
  const twice = [...byKey].flatMap(([key, of]) => (of.length > 1 ? [`the comment ${key} is there ${of.length} times`] : []));
  const accepted = people.flatMap(({ comments }) => [...comments]);
  return [...twice, ...accepted.flatMap(([key, id]) => (byKey.get(key)?.some((row) => row.id === id) ? [] : [`the accepted comment ${id} is gone`]))];
}

/** Blocks and private accounts, as they were accepted last. */
async function standings(facts: Facts, people: readonly Person[]): Promise<string[]> {
  const blocks = new Set((await db().execute<{ pair: string }>(sql`select blocker_id || ' ' || blocked_id as pair from blocks`)).map(({ pair }) => pair));
  const wanted = new Set(people.flatMap(({ id, blocked }) => (blocked ? [`${id} ${blocked.id}`] : [])));
  const hidden = new Set((await db().execute<{ id: string }>(sql`select id from users where is_private`)).map(({ id }) => id));
  return [
    ...[...wanted].flatMap((pair) => (blocks.has(pair) ? [] : [`the block ${pair} is gone`])),
    ...[...blocks].flatMap((pair) => (wanted.has(pair) ? [] : [`the block ${pair} is there and was taken back`])),
    ...people.flatMap(({ id }) => (hidden.has(id) === facts.isPrivate(id).surely(Infinity) ? [] : [`${id} is ${hidden.has(id) ? "private" : "public"}, and wished to be otherwise`])),
  ];
}
