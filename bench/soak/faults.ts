import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import type { openReplicaOf } from "@/lib/testing/streaming-replica";
import { type App, startApp } from "../app";
import { signalPart } from "../chaos/parts";
import type { Span } from "./record";

type Replica = Awaited<ReturnType<typeof openReplicaOf>>;
/** `at`: the share of the whole time after which it begins. `seconds`: how long it lasts in twenty minutes; in less, accordingly less. */
type Fault = { name: string; at: number; seconds: number; begin: () => Promise<unknown>; end: () => Promise<unknown> };

const WHOLE_MINUTES = 20;
const SHORTEST_SECONDS = 10;

/** What fails and when. Half of the time nothing does, so it can be seen to recover. */
function planned(replica: Replica, second: { app: App; port: number }): Fault[] {
  return [
    { name: "Redis hangs", at: 0.1, seconds: 60, begin: () => signalPart("Redis", "SIGSTOP"), end: () => signalPart("Redis", "SIGCONT") },
    { name: "the replica is 3 s late", at: 0.25, seconds: 60, begin: () => replica.delay(3_000), end: () => replica.delay(0) },
    { name: "the replica stands still", at: 0.37, seconds: 60, begin: replica.pause, end: replica.resume },
    { name: "Postgres is restarted", at: 0.5, seconds: 0, begin: () => signalPart("Postgres", "SIGINT"), end: whenPostgresAnswers },
    { name: "one of two servers is killed", at: 0.64, seconds: 20, begin: async () => process.kill(second.app.pid, "SIGKILL"), end: async () => (second.app = await startApp({ withRedis: true, port: second.port })) },
    { name: "Redis crashes", at: 0.77, seconds: 0, begin: () => signalPart("Redis", "SIGKILL"), end: async () => {} },
  ];
}

async function whenPostgresAnswers(): Promise<void> {
  // It may still be ending.
  await pause(500);
  for (const until = Date.now() + 60_000; Date.now() < until; await pause(50)) {
    const sql = postgres(process.env.DATABASE_URL!, { max: 1, connect_timeout: 2, onnotice: () => {} });
    const answers = await sql`select 1`.then(() => true, () => false);
    await sql.end({ timeout: 0 });
    if (answers) return;
  }
  throw new Error("Postgres did not come back.");
}

/** Lets each fault happen at its time. Returns when each began and ended. */
export async function injectFaults(minutes: number, replica: Replica, second: { app: App; port: number }, say: (text: string) => void): Promise<Span[]> {
  const began = Date.now();
  const spans: Span[] = [];
  for (const { name, at, seconds, begin, end } of planned(replica, second)) {
    await pause(Math.max(0, began + at * minutes * 60_000 - Date.now()));
    say(`${clock(began)} ${name}.`);
    const from = Date.now();
    await begin();
    if (seconds > 0) await pause(1000 * Math.max(Math.min(seconds, SHORTEST_SECONDS), (seconds * minutes) / WHOLE_MINUTES));
    await end();
    spans.push({ name, from, to: Date.now() });
    say(`${clock(began)} … it is over.`);
  }
  return spans;
}

const clock = (began: number) => `${((Date.now() - began) / 60_000).toFixed(1)} min:`;
