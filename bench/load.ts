import http from "node:http";

/** Milliseconds of one request each, and how many were answered in a second of the whole run. */
export type Measured = { p50: number; p95: number; perSecond: number; failures: number };

export type Call = { path: string; method?: string; headers?: Record<string, string>; body?: string };

const WARM_UP = 0.15;

/**
 * A closed loop: `lanes` connections, each asking again as soon as it is answered, `count` requests in all; the first
 * sixth warms up and is not counted.
 */
export async function load(base: string, lanes: number, count: number, call: (i: number) => Call): Promise<Measured> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: lanes });
  const warm = Math.ceil(count * WARM_UP);
  const times: number[] = [];
  let next = 0;
  let failures = 0;
  let began = performance.now();
  await Promise.all(Array.from({ length: lanes }, async () => {
    for (let i = next++; i < count; i = next++) {
      if (i === warm) began = performance.now();
      const start = performance.now();
      const ok = await ask(base, agent, call(i));
      if (i < warm) continue;
      times.push(performance.now() - start);
      if (!ok) failures++;
    }
  }));
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  return { ...percentiles(times), perSecond: times.length / seconds, failures };
}

/** Times of a function called `count` times one after another. */
export async function timed(count: number, work: (i: number) => Promise<unknown>): Promise<Measured> {
  const times: number[] = [];
  const warm = Math.ceil(count * WARM_UP);
  for (let i = 0; i < count + warm; i++) {
    const start = performance.now();
    await work(i);
    if (i >= warm) times.push(performance.now() - start);
  }
  const total = times.reduce((sum, ms) => sum + ms, 0);
  return { ...percentiles(times), perSecond: (times.length / total) * 1000, failures: 0 };
}

export function percentiles(times: number[]): { p50: number; p95: number } {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

function ask(base: string, agent: http.Agent, { path, method = "GET", headers, body }: Call): Promise<boolean> {
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
