import type postgres from "postgres";
import { Copy } from "./copy";
import { partitionOf } from "./ids";

/** What was written of a table: its partitions taken together. */
export type Written = { table: string; rows: number; bytes: number; seconds: number };

/** The tables being written at the same time, each by a connection of its own. */
export class Sink {
  private open: Copy[] = [];
  private readonly written = new Map<string, Written>();

  constructor(private readonly sql: postgres.Sql, private readonly check: () => void) {}

  async table(table: string, columns: readonly string[], into = table): Promise<Copy> {
    const copy = await new Copy(this.sql, into, columns).open();
    this.open.push(copy);
    return copy;
  }

  /** All hash partitions of a table; returns the one for a key. */
  async parts(table: string, columns: readonly string[]): Promise<(high: number, low: number) => Copy> {
    const rows = await this.sql<{ name: string; bound: string }[]>`
      select c.oid::regclass::text as name, pg_get_expr(c.relpartbound, c.oid) as bound from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = ${table}::regclass`;
    const parts: Copy[] = [];
    await Promise.all(rows.map(async ({ name, bound }) => (parts[Number(/remainder (\d+)/i.exec(bound)![1])] = await this.table(table, columns, name))));
    return (high, low) => parts[partitionOf(high, low, parts.length)]!;
  }

  /** Sends what is full; waits where Postgres is behind. */
  async pressure(): Promise<void> {
    this.check();
    for (const copy of this.open) if (copy.isFull) await copy.flush();
  }

  /** Commits one of them. */
  async close(copy: Copy, table: string): Promise<void> {
    this.open = this.open.filter((other) => other !== copy);
    await copy.close();
    const sum = this.written.get(table) ?? { table, rows: 0, bytes: 0, seconds: 0 };
    this.written.set(table, { table, rows: sum.rows + copy.rows, bytes: sum.bytes + copy.bytes, seconds: 0 });
  }

  /** Commits all; `seconds` is how long their rows took together. Partitions count for their table. */
  async closeAll(began: number): Promise<void> {
    const names = new Set<string>();
    for (const copy of this.open) {
      const name = copy.table.replace(/_\d+(_\d+)?$/, "");
      names.add(name);
      await this.close(copy, name);
    }
    for (const name of names) this.written.get(name)!.seconds = (performance.now() - began) / 1000;
  }

  get tables(): Written[] {
    return [...this.written.values()];
  }
}
