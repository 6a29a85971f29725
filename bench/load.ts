import http from "node:http";
import type { Cost, Meter } from "./meter";

/** Milliseconds of one request each, and how many were answered in a second of the whole run. `cost` is of one request. */
export type Measured = { p50: number; p95: number; p99: number; perSecond: number; failures: number; cost?: Cost };

export type Call = { path: string; method?: string; headers?: Record<string, string>; body?: string };

/** `count` requests in all, or as many as fit into `seconds`. `isCold`: each one counts; else the first of `count`, or some more before the `seconds`, warm up and do not. */
export type Amount = { count?: number; seconds?: number; isCold?: boolean; meter?: Meter };

const WARM_UP = 0.15;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);

/** `i` counts all requests; `lane` is the connection, and `turn` counts its own. */
export type Next = (i: number, lane: number, turn: number) => Call;

/** What is done and taken back in turns: `k` is the same for both, and no other connection has it at the same time. */
export const inTurns = (call: (k: number, isBack: boolean) => Call): Next => (_, lane, turn) => call((turn >> 1) * MOST_LANES + lane, turn % 2 === 1);
const MOST_LANES = 64;

/** A closed loop: `lanes` connections, each asking again as soon as it is answered. */
export async function load(base: string, lanes: number, amount: number | Amount, call: Next): Promise<Measured> {
  const { count, seconds = SECONDS, isCold, meter }: Amount = typeof amount === "number" ? { count: amount } : amount;
  const agent = new http.Agent({ keepAlive: true, maxSockets: lanes });
  const times: number[] = [];
  let next = 0;
  let failures = 0;
  const turns = Array.from({ length: lanes }, () => 0);
  const ask = (goesOn: (i: number) => boolean, isCounted: boolean) => Promise.all(turns.map(async (_, lane) => {
    while (goesOn(next)) {
      const asked = performance.now();
      const ok = await answerOf(base, agent, call(next++, lane, turns[lane]!++));
      if (!isCounted) continue;
      times.push(performance.now() - asked);
      if (!ok) failures++;
    }
  }));
  const warm = performance.now() + seconds * WARM_UP * 1_000;
  if (!isCold) await ask((i) => (count ? i < count * WARM_UP : performance.now() < warm), false);
  await meter?.settled();
  await meter?.begin();
  const began = performance.now();
  await ask((i) => (count ? i < count : performance.now() < began + seconds * 1_000), true);
  const took = (performance.now() - began) / 1000;
  agent.destroy();
  return { ...percentiles(times), perSecond: times.length / took, failures, ...(meter ? { cost: await meter.end(times.length, took) } : {}) };
}

/** Times of a function called `count` times, by so many callers at once. */
export async function timed(count: number, work: (i: number) => Promise<unknown>, lanes = 1): Promise<Measured> {
  const times: number[] = [];
  const warm = Math.ceil(count * WARM_UP);
  let next = 0;
  let began = performance.now();
  await Promise.all(Array.from({ length: lanes }, async () => {
    for (let i = next++; i < count + warm; i = next++) {
      if (i === warm) began = performance.now();
      const start = performance.now();
      await work(i);
      if (i >= warm) times.push(performance.now() - start);
    }
  }));
  return { ...percentiles(times), perSecond: (times.length / (performance.now() - began)) * 1000, failures: 0 };
}

export function percentiles(times: number[]): { p50: number; p95: number; p99: number } {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** What was timed otherwise, as if one after another. */
export const measuredOf = (times: number[]): Measured => ({ ...percentiles(times), perSecond: (times.length * 1000) / times.reduce((sum, ms) => sum + ms, 0), failures: 0 });

function answerOf(base: string, agent: http.Agent, { path, method = "GET", headers, body }: Call): Promise<boolean> {
  return new Promise((resolve) => {
    const request = http.request(`${base}${path}`, { agent, method, headers: { ...headers, ...(body ? { "content-type": "application/json", "content-length": Buffer.byteLength(body) } : {}) } }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve((answer.statusCode ?? 500) < 400));
      answer.on("error", () => resolve(false));
    });
    request.on("error", () => resolve(false));
    request.end(body);
  });
}
