import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type postgres from "postgres";
import { type Executor, leaseClient, PREPARED_SETTINGS, readClient, type Transaction } from "./client";
import { fromReplica } from "./replica";

type Value = string | number | boolean | null;
const MARK = "\u0001arg:";

/** Where a statement reads. Only what is judged on the primary beside it, or may be some seconds old, names the replica. */
export type Source = "primary" | "replica";

/** For postgres.js, which sends a statement without values as a simple one unless told. */
const PREPARED = { prepare: true, simple: false } as { prepare: boolean };

type Statement = { text: string; names: string[] };

/** Every prepared statement of the modules loaded so far, by name: the tests explain each (explain.test.ts). */
export const statements = new Map<string, () => Statement>();

/** The least and the greatest id of an argument that is a list of ids as Postgres writes it; null of an empty one. */
export const lowest = (list: string) => `${list}.lowest`;
export const highest = (list: string) => `${list}.highest`;

/**
 * A statement that Postgres parses and plans once per connection: for the hot paths, where planning costs more than
 * reading. The plan is one for all values, so it must not depend on knowing them: where an order matters, say so in the
 * statement (`order by` in a subquery, `lateral … offset 0`). `build` gets a function that names an argument; what it
 * returns stands wherever a value may stand, also as the viewer of the visibility rule. Runs on connections of its own,
 * outside transactions: what writes must be whole in one statement. `name` is for people, and no two are the same.
 */
export function prepared<Row extends object, Name extends string>(name: string, build: Build<Name>): (values: Record<Name, Value>, source?: Source) => Promise<Row[]> {
  const rendered = register(name, build);
  return async (values, source = "primary") => {
    const send = (client: postgres.Sql) => sendTo<Row>(client, rendered(), values);
    return source === "replica" ? fromReplica(send) : send(readClient());
  };
}

/** The same on a worker's own connections, without patience (client.ts): what it leases and marks as done. */
export function preparedForWorker<Row extends object, Name extends string>(name: string, build: Build<Name>): (values: Record<Name, Value>) => Promise<Row[]> {
  const rendered = register(name, build);
  return async (values) => sendTo<Row>(leaseClient(), rendered(), values);
}

const sendTo = <Row extends object>(client: postgres.Sql, { text, names }: Statement, values: Record<string, Value>) =>
  client.unsafe(text, names.map((name) => valueOf(name, values)), PREPARED) as unknown as Promise<Row[]>;

type Build<Name extends string> = (arg: (name: Name) => string) => SQL;

function register<Name extends string>(name: string, build: Build<Name>): () => Statement {
  let statement: Statement | undefined;
  const rendered = () => (statement ??= render(build((arg) => MARK + arg)));
  statements.set(name, rendered);
  return rendered;
}

const settings = (value: (name: keyof typeof PREPARED_SETTINGS) => string) => (Object.keys(PREPARED_SETTINGS) as (keyof typeof PREPARED_SETTINGS)[]).map((name) => `set local ${name} = ${value(name)}`).join("; ");
const AS_PREPARED = settings((name) => PREPARED_SETTINGS[name]);
const AS_USUAL = settings(() => "default");

/**
 * The same within a transaction, which must have none of these settings of its own. It is sent as it is called, so several that are called before any is awaited go
 * to Postgres at once, and are executed in that order, each seeing what came before: what follows a lock may go with it. Cast what it answers with: were the type of a
 * column to change under a running app, postgres.js would repeat the statement behind the others, and the connection be lost.
 */
export function preparedWithin<Row extends object, Name extends string>(name: string, build: Build<Name>): (tx: Transaction, values: Record<Name, Value>) => Promise<Row[]> {
  const rendered = register(name, build);
  return async (tx, values) => {
    const { text, names } = rendered();
    const client = clientOf(tx);
    const [, rows] = await Promise.all([client.unsafe(AS_PREPARED), client.unsafe(text, names.map((name) => valueOf(name, values)), PREPARED), client.unsafe(AS_USUAL)]);
    return rows as unknown as Row[];
  };
}

/**
 * Runs a statement that comes again and again with the same text, by key: parsed once by each connection, which decides by itself whether it is planned once as well. Unprepared, one
 * with values takes two ways to Postgres, since their types are asked for first, and planning an insert into a partitioned table costs 2 ms, running it 0.2.
 */
export async function executePrepared<Row extends object>(on: Executor, query: SQL): Promise<Row[]> {
  const { sql: text, params } = new PgDialect().sqlToQuery(query);
  return clientOf(on).unsafe(text, params as string[], PREPARED) as unknown as Promise<Row[]>;
}

const clientOf = (on: Executor): postgres.Sql => (on as unknown as { session: { client: postgres.Sql } }).session.client;

/** Several places of one argument become one parameter, so that the planner sees they are equal. */
function render(query: SQL): Statement {
  const { sql: text, params } = new PgDialect().sqlToQuery(query);
  const names: string[] = [];
  const numbers = params.map((param) => {
    if (typeof param !== "string" || !param.startsWith(MARK)) throw new TypeError("a prepared statement takes its values as named arguments");
    const name = param.slice(MARK.length);
    if (!names.includes(name)) names.push(name);
    return names.indexOf(name) + 1;
  });
  return { text: text.replace(/\$(\d+)/g, (_, n: string) => `$${numbers[Number(n) - 1]}`), names };
}

/** The value of an argument, or the least or greatest id of one that is a list (`lowest`, `highest`); null of an empty one. */
export function valueOf(name: string, values: Readonly<Record<string, unknown>>): Value {
  const [arg = "", end] = name.split(".");
  const value = (values[arg] ?? null) as Value;
  if (end === undefined || value === null) return value;
  const ids = String(value).match(/\d+/g);
  return ids && ids.reduce((a, b) => (isLess(a, b) === (end === "lowest") ? a : b));
}

/** Of two whole numbers without leading zeros: ids are too long for the numbers of JavaScript. */
const isLess = (a: string, b: string) => a.length < b.length || (a.length === b.length && a < b);
