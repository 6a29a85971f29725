import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { closeDatabase, db, PREPARED_SETTINGS, type Transaction } from "./client";
import { executePrepared, preparedWithin } from "./prepared";

const settings = async (on: Pick<Transaction, "execute">) => (await on.execute<{ all: string[] }>(sql`select array[current_setting('plan_cache_mode'), current_setting('enable_seqscan'), current_setting('jit')] as all`))[0]!.all;
const within = preparedWithin<{ mode: string; twice: number }, "n">("test of settings", (arg) => sql`select current_setting('plan_cache_mode') as mode, (${arg("n")}::int * 2)::int as twice`);
const divided = preparedWithin<{ n: number }, "by">("test of an error", (arg) => sql`select (1 / ${arg("by")}::int)::int as n`);
const taken = preparedWithin<object, "key">("test of a lock", (arg) => sql`select pg_advisory_xact_lock(${arg("key")}::bigint)`);
const counted = preparedWithin<{ rows: number }, never>("test of a count", () => sql`select count(*)::int as rows from kept`);

const emptyTable = async () => {
  await db().execute(sql`create table if not exists kept (n int)`);
  await db().execute(sql`truncate kept`);
};

describe("a statement prepared within a transaction", () => {
  it("is planned for any values, and leaves the transaction and the connection as they were", async () => {
    const usual = await settings(db());
    for (let n = 0; n < 20; n++) {
      await db().transaction(async (tx) => {
        expect(await within(tx, { n })).toEqual([{ mode: PREPARED_SETTINGS.plan_cache_mode, twice: 2 * n }]);
        expect(await settings(tx)).toEqual(usual);
      });
    }
    await expect(db().transaction((tx) => divided(tx, { by: 0 }))).rejects.toMatchObject({ code: "22012" });
    for (let n = 0; n < 20; n++) expect(await settings(db())).toEqual(usual);
  });

  it("fails alone when those sent with it would follow, and nothing of them stays", async () => {
    await emptyTable();
    await expect(db().transaction(async (tx) => {
      await executePrepared(tx, sql`insert into kept values (${1}::int)`);
      await Promise.all([divided(tx, { by: 0 }), within(tx, { n: 1 })]);
    })).rejects.toMatchObject({ code: "22012" });
    expect([...(await db().execute<{ rows: number }>(sql`select count(*)::int as rows from kept`))]).toEqual([{ rows: 0 }]);
  });

  it("sees what was done before it by whoever held the lock that it was sent with", async () => {
    await emptyTable();
    const seen: number[] = [];
    await Promise.all(Array.from({ length: 12 }, () => db().transaction(async (tx) => {
      const [, [found]] = await Promise.all([taken(tx, { key: 7 }), counted(tx, {})]);
      seen.push(found!.rows);
      await executePrepared(tx, sql`insert into kept values (${1}::int)`);
    })));
    expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, n) => n));
    const prepared = await Promise.all(Array.from({ length: 12 }, () => db().transaction((tx) => tx.execute<{ statement: string }>(sql`select statement from pg_prepared_statements`))));
    expect(prepared.flatMap((rows) => rows.map(({ statement }) => statement))).toContain("select count(*)::int as rows from kept");
    await closeDatabase();
  });
});
