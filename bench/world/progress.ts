import type postgres from "postgres";
import type { Built } from "./bare";
import { TABLES } from "./columns";
import type { Written } from "./sink";

const EVERY_MS = 15_000;
const whole = (value: number) => Math.round(value).toLocaleString("en");
const gb = (bytes: number) => `${(bytes / 1e9).toFixed(2)} GB`;

/** Says how far a load is, and at its end what it took. */
export class Progress {
  written: readonly Written[] = [];
  private readonly indexes: Built[] = [];
  private began = performance.now();
  private said = performance.now();
  private name = "";

  constructor(private readonly say: (line: string) => void) {}

  phase(name: string): void {
    this.name = name;
    this.began = performance.now();
  }

  done(what: string): void {
    this.say(`  ${what}: ${((performance.now() - this.began) / 1000).toFixed(1)} s`);
    this.began = performance.now();
  }

  share(done: number): void {
    if (performance.now() - this.said < EVERY_MS) return;
    this.said = performance.now();
    this.say(`  … ${this.name}: ${(done * 100).toFixed(1)} % after ${((this.said - this.began) / 1000).toFixed(0)} s`);
  }

  built(what: Built): void {
    this.indexes.push(what);
    if (what.seconds > 5) this.say(`  ${what.name} of ${what.table}: ${what.seconds.toFixed(1)} s`);
  }

  /** Rows, seconds, rates and sizes as a Markdown table. Tables written in one pass share its seconds. */
  async report(sql: postgres.Sql): Promise<void> {
    const sizes = await sql<{ name: string; heap: string; indexes: string }[]>`
      select t.name, sum(pg_table_size(c.oid)) as heap, sum(pg_indexes_size(c.oid)) as indexes from unnest(${TABLES}::text[]) as t(name)
      join pg_class c on c.oid = t.name::regclass or c.oid in (select inhrelid from pg_inherits where inhparent = t.name::regclass) group by 1`;
    const [all] = await sql<{ bytes: string }[]>`select pg_database_size(current_database()) as bytes`;
    this.say("\n| table | rows | s | rows/s | keys and indexes s | table | its indexes |\n|---|---|---|---|---|---|---|");
    for (const { table, rows, seconds } of this.written) {
      const size = sizes.find(({ name }) => name === table)!;
      const indexing = this.indexes.filter((built) => built.table === table).reduce((sum, built) => sum + built.seconds, 0);
      this.say(`| ${table} | ${whole(rows)} | ${seconds.toFixed(1)} | ${whole(rows / seconds)} | ${indexing.toFixed(1)} | ${gb(Number(size.heap))} | ${gb(Number(size.indexes))} |`);
    }
    this.say(`\nOn disk: ${gb(Number(all!.bytes))}.`);
  }
}
