import { dirname, join } from "node:path";
import postgres from "postgres";
import { closeDatabase } from "@/db/client";
import { openReplicaOf } from "@/lib/testing/streaming-replica";
import { freePort } from "../../scripts/lib/ports.mjs";
import { startApp } from "../app";
import { signUp } from "../chaos/client";
import { settle } from "../chaos/verdict";
import { Facts } from "./facts";
import { injectFaults } from "./faults";
import { balance } from "./front";
import { Person, type World } from "./person";
import { Record } from "./record";
import { soakVerdict } from "./verdict";

const PEOPLE = 48;
const CONNECTIONS = 6;
const say = (text: string) => process.stdout.write(`${text}\n`);

/** People read and write at two servers for some minutes, while one part after another fails. Whether nothing was wrong. */
export async function soak(minutes: number): Promise<boolean> {
  const replica = await openReplica();
  const port = await freePort();
  const second = { app: await startApp({ withRedis: true, port }), port };
  const servers = [process.env.TRIAL_URL!, second.app.url];
  const world: World = { facts: new Facts(), record: new Record(), front: balance(servers) };
  const people: Person[] = [];
  for (let i = 0; i < PEOPLE; i++) people.push(new Person(world, await signUp(servers[i % 2]!, i)));
  for (const person of people) await person.settleIn(people);
  world.record.forget();
  say(`${PEOPLE} people at two servers for ${minutes} min.`);

  const until = Date.now() + minutes * 60_000;
  const lanes = Array.from({ length: CONNECTIONS }, (_, lane) => people.filter((_, i) => i % CONNECTIONS === lane));
  const [spans] = await Promise.all([injectFaults(minutes, replica, second, say), ...lanes.map(async (own) => {
    while (Date.now() < until) for (const person of own) await person.act(people);
  })]);

  say(`Quiet after ${(await settle()).toFixed(1)} s.`);
  const wrong = [...(await soakVerdict(world.facts, people)), ...(await readiness(servers))];
  for (const line of [...world.record.kinds(), "", ...world.record.spans(spans), ""]) say(line);
  for (const span of spans) if (world.record.recovery(span) === null) wrong.push(`it did not recover from “${span.name}”`);
  const total = (of: (person: Person) => number) => people.reduce((sum, person) => sum + of(person), 0);
  say(`${total((p) => p.posts.size)} posts are there, ${total((p) => p.deleted.size)} were deleted, ${total((p) => p.comments.size)} comments, ${total((p) => p.retries)} writes repeated. The replica was asked ${await transactions()} times.`);
  for (const line of wrong.slice(0, 40)) say(`✗ ${line}`);
  say(wrong.length === 0 ? "No feed was wrong, nothing was lost and nothing was done twice." : `${wrong.length} things are wrong.`);
  await Promise.all([second.app.stop(), closeDatabase()]);
  await replica.end();
  return wrong.length === 0;
}

/** Of the trial server's Postgres, at the address that its apps were told. */
async function openReplica() {
  const [primary, own] = [new URL(process.env.DATABASE_URL!), new URL(process.env.DATABASE_REPLICA_URL!)];
  const sql = postgres({ host: "127.0.0.1", port: Number(primary.port), user: "postgres", password: primary.password, database: "postgres", max: 1 });
  const [row] = await sql<{ files: string }[]>`select current_setting('data_directory') as files`;
  await sql.end();
  const { files } = row!;
  const replica = await openReplicaOf({ port: Number(primary.port), password: primary.password, files }, { dir: join(dirname(files), "replica"), port: Number(own.port), settings: { shared_buffers: "64MB" } });
  await replica.startReplica();
  return replica;
}

async function transactions(): Promise<number> {
  const sql = postgres(process.env.DATABASE_REPLICA_URL!, { max: 1 });
  const [row] = await sql<{ count: number }[]>`select xact_commit::float8 as count from pg_stat_database where datname = current_database()`;
  await sql.end();
  return row!.count;
}

/** After all faults each server has everything it had before. */
async function readiness(servers: readonly string[]): Promise<string[]> {
  const answers = await Promise.all(servers.map(async (server) => (await fetch(`${server}/api/ready`)).json() as Promise<{ missing: string[]; degraded: string[] }>));
  return answers.flatMap(({ missing, degraded }, i) => [...missing, ...degraded].map((part) => `server ${i + 1} is without ${part} in the end`));
}
