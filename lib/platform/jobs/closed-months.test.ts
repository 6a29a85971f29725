import { afterAll, expect, it } from "vitest";
import { closeDatabase, sqlClient } from "@/db/client";
import { freeze, listClosedMonths } from "./closed-months";

afterAll(() => closeDatabase());

const shift = (months: number) => sqlClient()<{ name: string }[]>`select 'posts_' || to_char(date_trunc('month', now(), 'UTC') + make_interval(months => ${months}::int), 'YYYY_MM') as name`.then(([row]) => row!.name);

it("freezes months that are over once, and leaves the running and coming ones", async () => {
  const closed = await listClosedMonths();
  expect(closed).toContain(await shift(-2));
  for (const months of [0, 1, 2, 3]) expect(closed).not.toContain(await shift(months));
  await sqlClient()`insert into users (username, username_key, username_skeleton, email, email_key, password_hash) values ('old', 'old', 'old', 'o', 'o', '!')`;
  await sqlClient()`insert into posts (id, author_id, content_type, media_count) select id_at(date_trunc('month', now(), 'UTC') - interval '50 days', 1), id, 'photo', 1 from users`;
  for (const name of closed) await freeze(name);
  await expect.poll(() => listClosedMonths()).toEqual([]);
  // A transaction that runs anywhere just then keeps the newest rows from being frozen.
  await expect.poll(async () => {
    await freeze(await shift(-2));
    return (await sqlClient()`select relallfrozen as frozen, relpages as pages from pg_class where relname = ${await shift(-2)}`)[0];
  }).toEqual({ frozen: 1, pages: 1 });
});

it("makes months ahead with room for counters on each page", async () => {
  const options = async (name: string) => (await sqlClient()<{ options: string[] | null }[]>`select reloptions as options from pg_class where relname = ${name}`)[0]?.options;
  await sqlClient()`select ensure_post_partitions(5)`;
  for (const months of [0, 1, 3, 5]) expect(await options(await shift(months))).toEqual(["fillfactor=85"]);
});
