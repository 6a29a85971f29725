import { parse } from "postgres-array";

const quoted = (value: string) => `"${value.replace(/[\\"]/g, "\\$&")}"`;

/** Lists of texts as JavaScript's. `oid` is Postgres's own number of the list's type. */
const listOf = (oid: number) => ({
  to: oid,
  from: [oid],
  parse: (text: string): string[] => parse(text, String),
  // A list that comes as Postgres writes it stays.
  serialize: (values: readonly unknown[] | string) => typeof values === "string" ? values : `{${values.map((value) => (value === null ? "null" : quoted(String(value)))).join(",")}}`,
});

/**
 * The lists we read and write (text[] and bigint[]), known beforehand: postgres.js else asks each new connection for all
 * of them, in a query whose failure nobody hears; a database that goes away just then would take the process with it.
 */
export const LISTS = { fetch_types: false, types: { texts: listOf(1009), ids: listOf(1016) } };
