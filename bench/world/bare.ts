import type postgres from "postgres";

/** What stands on tables beside their columns, as the catalog says it: exactly what the migrations made. */
export type Definitions = { foreign: Definition[]; keys: Definition[]; indexes: Definition[] };
type Definition = { table: string; name: string; definition: string };

/** Foreign keys of and to these tables, their primary and unique keys, and their other indexes; of partitioned tables, what all partitions have. */
export async function definitionsOf(sql: postgres.Sql, tables: readonly string[]): Promise<Definitions> {
  const constraints = await sql<(Definition & { kind: string })[]>`
    select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition, contype as kind from pg_constraint
    where conparentid = 0 and contype in ('f', 'p', 'u') and (conrelid = any (${tables as string[]}::text[]::regclass[]) or (contype = 'f' and confrelid = any (${tables as string[]}::text[]::regclass[])))
    order by 1, 2`;
  const indexes = await sql<Definition[]>`
    select i.indrelid::regclass::text as table, c.relname as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid = any (${tables as string[]}::text[]::regclass[]) and not c.relispartition and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
    order by 1, 2`;
  const plain = ({ table, name, definition }: Definition): Definition => ({ table, name, definition });
  return { foreign: constraints.filter((row) => row.kind === "f").map(plain), keys: constraints.filter((row) => row.kind !== "f").map(plain), indexes: indexes.map(plain) };
}

/** Takes all of that away, so that rows come in without being looked up or sorted in. */
export async function strip(sql: postgres.Sql, { foreign, keys, indexes }: Definitions): Promise<void> {
  for (const { table, name } of [...foreign, ...keys]) await sql.unsafe(`alter table ${table} drop constraint "${name}"`);
  for (const { name } of indexes) await sql.unsafe(`drop index "${name}"`);
}

export type Built = { table: string; name: string; seconds: number };
const LANES = 2;

/** Puts it back, the indexes of two tables at a time; foreign keys last, each held against all rows. @param memory for sorting, as Postgres says it */
export async function restore(sql: postgres.Sql, { foreign, keys, indexes }: Definitions, memory: string, built: (what: Built) => void): Promise<void> {
  const open = [
    ...keys.map(({ table, name, definition }) => ({ table, name, statement: `alter table ${table} add constraint "${name}" ${definition}` })),
    // A partitioned table's index is said to be on ONLY it; without that word all its partitions get theirs.
    ...indexes.map(({ table, name, definition }) => ({ table, name, statement: definition.replace(" ON ONLY ", " ON ") })),
  ];
  const busy = new Set<string>();
  const lane = async () => {
    const own = await sql.reserve();
    try {
      await own.unsafe(`set maintenance_work_mem = '${memory}'; set statement_timeout = 0`);
      for (;;) {
        const next = open.find(({ table }) => !busy.has(table));
        if (!next) return;
        open.splice(open.indexOf(next), 1);
        busy.add(next.table);
        await timed(next, () => own.unsafe(next.statement), built);
        busy.delete(next.table);
      }
    } finally {
      own.release();
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  await sql.begin(async (tx) => {
    await tx.unsafe(`set local maintenance_work_mem = '${memory}'; set local statement_timeout = 0`);
    for (const next of foreign) await timed(next, () => tx.unsafe(`alter table ${next.table} add constraint "${next.name}" ${next.definition}`), built);
  });
}

async function timed({ table, name }: { table: string; name: string }, work: () => Promise<unknown>, built: (what: Built) => void): Promise<void> {
  const began = performance.now();
  await work();
  built({ table, name, seconds: (performance.now() - began) / 1000 });
}
