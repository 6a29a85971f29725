import { sql } from "drizzle-orm";
import { db, readClient, sqlClient } from "@/db/client";
import type { Floor } from "./floors";
import { timed } from "./load";
import { Meter } from "./meter";
import { signIn } from "./people";
import type { Line } from "./report";
import { atEachLane } from "./sections/lanes";

const MESSAGES = 1_000_000;
const PEOPLE = 10_000;
const PER_THREAD = 20;
const GROUP = 250;
const READERS = 200;

/** What stands in conversations of this benchmark, so that it is filled once. */
const KEY = "bench:";

/** Conversations of two among 10,000 people with a million messages, each list as if they had been sent; by COPY. */
async function fill(): Promise<void> {
  const [there] = await db().execute<{ count: string }>(sql`select count(*) as count from threads where pair_key like ${`${KEY}%`}`);
  if (Number(there!.count) * PER_THREAD >= MESSAGES) return;
  const people = [...(await db().execute<{ id: string }>(sql`select id::text from users where email_key like '%@bench.invalid' order by hashint8(id) limit ${PEOPLE}`))].map(({ id }) => id);
  const client = sqlClient();
  const pairs = MESSAGES / PER_THREAD;
  const threads = await client<{ id: string }[]>`insert into threads (kind, pair_key) select 'pair', ${KEY}::text || n from generate_series(1, ${pairs}::int) n on conflict (pair_key) do update set kind = 'pair' returning id::text`;
  const of = (n: number): [string, string] => [people[n % people.length]!, people[(n * 7 + 1 + Math.floor(n / people.length)) % people.length]!];
  const base = (await client<{ id: string }[]>`select (id_at(now() - interval '30 days'))::text as id`)[0]!.id;
  const messageId = (n: number, k: number) => String(BigInt(base) + BigInt(n * PER_THREAD + k) * 4_096n);
  const copy = async (into: string, lines: Iterable<string>) => {
    const writable = await client.unsafe(`copy ${into} from stdin`).writable();
    for (const line of lines) if (!writable.write(line)) await new Promise((resolve) => writable.once("drain", resolve));
    await new Promise<void>((resolve, reject) => writable.once("error", reject).once("finish", resolve).end());
  };
  const asPairs = threads.map(({ id }, n) => ({ id, n, pair: of(n) })).filter(({ pair: [a, b] }) => a !== b);
  await copy("messages (id, thread_id, sender_id, text)", (function* () {
    for (const { id, n, pair } of asPairs) for (let k = 0; k < PER_THREAD; k++) yield `${messageId(n, k)}\t${id}\t${pair[k % 2]}\tSome words of message ${k} about the harbour\n`;
  })());
  await copy("thread_members (thread_id, user_id, is_listed, is_accepted, last_id, read_id)", (function* () {
    for (const { id, n, pair } of asPairs) for (const [side, who] of pair.entries()) yield `${id}\t${who}\tt\tt\t${messageId(n, PER_THREAD - 1)}\t${messageId(n, side === 0 ? 10 : PER_THREAD - 1)}\n`;
  })());
  for (const table of ["threads", "thread_members", "messages"]) await client.unsafe(`analyze ${table}`);
}

/** A group of 250 whose members, by turns, all write into. */
async function makeGroup(people: readonly { id: string }[]): Promise<string> {
  const [row] = await db().execute<{ id: string }>(sql`insert into threads (kind, name) values ('group', 'Benchmark') returning id::text`);
  await db().execute(sql`insert into thread_members (thread_id, user_id, is_listed, is_accepted) select ${row!.id}::bigint, id, true, true from unnest(${sql.param(people.map(({ id }) => id))}::text[]::bigint[]) as u(id)`);
  return row!.id;
}

/** A person's newest conversations, by the index: the least that a list must read. */
const oneList = (ids: readonly string[]) => async (lanes: number): Promise<Floor> => ({
  name: "one indexed statement",
  measured: await timed(2_000, (i) => readClient().unsafe("select thread_id, last_id from thread_members where user_id = $1 and folder = 'inbox' and is_listed order by place desc limit 20", [ids[i % ids.length]!], { prepare: true }), lanes),
});

/** Messages a second into one group of 250; the list and the number of unread ones among a million messages. */
export async function messages(): Promise<Line[]> {
  await fill();
  const [readers, writers, meter] = [await signIn(READERS), await signIn(GROUP), await new Meter().rest()];
  const asked = await db().execute<{ id: string }>(sql`select distinct u.id::text from unnest(${sql.param(readers.map(({ id }) => id))}::text[]::bigint[]) as u(id) join thread_members m on m.user_id = u.id`);
  const known = readers.filter(({ id }) => asked.some((row) => row.id === id));
  const by = (i: number) => (known.length > 0 ? known : readers)[i % (known.length || readers.length)]!;
  const group = await makeGroup(writers);
  const floor = oneList(readers.map(({ id }) => id));
  const lines = [
    ...(await atEachLane(meter, { work: "inbox, JSON, a million messages", call: (i) => ({ path: "/api/direct", headers: by(i).headers }), floor })),
    ...(await atEachLane(meter, { work: "unread conversations", call: (i) => ({ path: "/api/direct/unread", headers: by(i).headers }), floor })),
    ...(await atEachLane(meter, {
      work: `message to a group of ${GROUP}`,
      call: (i) => ({ path: `/api/direct/${group}/messages`, method: "POST", headers: { ...writers[i % writers.length]!.headers, "content-type": "application/json" }, body: JSON.stringify({ client_id: crypto.randomUUID(), text: "Hello to all of you" }) }),
    })),
  ];
  await db().execute(sql`delete from threads where id = ${group}::bigint`);
  await meter.close();
  return lines;
}
