import { fork } from "node:child_process";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { z } from "zod";
import { db } from "@/db/client";
import { installJobs } from "@/lib/testing/jobs";
import { DEAD_LETTERS } from "./boss";
import { defineJob, NotNowError, PermanentError } from "./define";
import { enqueue, enqueueMany } from "./queue";
import { receiveJob, receiveJobs } from "./receive";
import { runWorker } from "./worker";

const log: { name: string; n: number; attempt: number }[] = [];
let behave: (n: number, attempt: number) => unknown = () => {};
const schema = z.object({ n: z.number() });
const work = (name: string) => async ({ n }: { n: number }, { attempt }: { attempt: number }) => {
  log.push({ name, n, attempt });
  await behave(n, attempt);
};
const quick = defineJob({ name: "test.quick", schema, handler: work("quick"), retryLimit: 2 });
const slow = defineJob({ name: "test.slow", schema, handler: work("slow"), concurrency: 1 });
const jobs = [quick, slow];

let app: http.Server;
let requests = 0;
/** Whether the app dies as soon as it has said how one job ended. */
let breakOff = false;
const appPort = () => Number(new URL(process.env.APP_URL!).port);

/** The app's side: Node's request as the web's, as Next does it. */
function startApp(port = 0): Promise<http.Server> {
  const server = http.createServer(async (req, res) => {
    if (req.url === "/api/health") return res.end("{}");
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const request = new Request(`http://app${req.url}`, { method: "POST", headers: req.headers as Record<string, string>, body: Buffer.concat(chunks) });
    requests++;
    const response = req.url === "/api/jobs" ? await receiveJobs(jobs, request) : await receiveJob(jobs, req.url!.split("/").at(-1)!, request);
    res.writeHead(response.status);
    for await (const chunk of response.body ?? []) {
      res.write(chunk);
      if (breakOff) req.socket.destroy();
    }
    res.end();
  });
  return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(server)));
}
const stopApp = (server: http.Server) => new Promise<void>((resolve) => {
  server.close(() => resolve());
  server.closeAllConnections();
});

const workers: AbortController[] = [];
const finished: Promise<void>[] = [];
function startWorker() {
  const controller = new AbortController();
  workers.push(controller);
  finished.push(runWorker({ jobs, signal: controller.signal }));
}
const until = async (holds: () => boolean | Promise<boolean>, ms = 15_000) => {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(10)) if (await holds()) return;
  throw new Error("it did not happen");
};
const states = async (name: string) => (await db().execute<{ state: string; n: number }>(sql`select state::text, count(*)::int as n from pgboss.job where name = ${name} group by 1`)).reduce<Record<string, number>>((all, row) => ({ ...all, [row.state]: row.n }), {});

beforeAll(async () => {
  app = await startApp();
  process.env.APP_URL = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  await installJobs(jobs);
});
beforeEach(async () => {
  log.length = 0;
  requests = 0;
  breakOff = false;
  behave = () => {};
  await db().execute(sql`delete from pgboss.job`);
});
afterEach(async () => {
  for (const worker of workers.splice(0)) worker.abort();
  await Promise.all(finished.splice(0));
});
afterAll(() => stopApp(app));

describe("the worker", () => {
  it("picks jobs up within milliseconds", async () => {
    startWorker();
    await enqueue(db(), quick, { n: 0 });
    await until(() => log.length === 1);
    const took: number[] = [];
    for (let n = 1; n <= 10; n++) {
      const began = performance.now();
      await db().transaction((tx) => enqueue(tx, quick, { n }));
      while (log.length <= n) await sleep(1);
      took.push(performance.now() - began);
      await sleep(30);
    }
    took.sort((a, b) => a - b);
    // 5 ms on an idle machine; polling alone would take 250 ms.
    expect(took[5]).toBeLessThan(150);
  });

  it("does many small jobs fast, each once", async () => {
    await enqueueMany(db(), quick, Array.from({ length: 2_000 }, (_, n) => ({ n })));
    const began = performance.now();
    startWorker();
    await until(() => log.length >= 2_000, 20_000);
    const rate = 2_000 / ((performance.now() - began) / 1_000);
    await until(async () => (await states("test.quick")).completed === 2_000);
    expect(new Set(log.map((entry) => entry.n)).size).toBe(2_000);
    expect(log).toHaveLength(2_000);
    // 1,500 on an idle machine of two cores.
    expect(rate).toBeGreaterThan(100);
    expect(requests).toBeLessThan(1_500);
  });

  it("lets slow jobs hold up only their own kind", async () => {
    behave = (n) => (n >= 100 ? sleep(300) : undefined);
    await enqueueMany(db(), slow, Array.from({ length: 3 }, (_, n) => ({ n: 100 + n })));
    await enqueueMany(db(), quick, Array.from({ length: 20 }, (_, n) => ({ n })));
    startWorker();
    await until(() => log.length === 23);
    expect(log.findLastIndex((entry) => entry.name === "quick")).toBeLessThan(log.findLastIndex((entry) => entry.name === "slow"));
  });

  it("hears of each of several jobs when it ends, and repeats those of which it heard nothing", async () => {
    behave = (n, attempt) => (n === 1 && attempt === 1 ? sleep(2_000) : undefined);
    await enqueueMany(db(), quick, [1, 2, 3, 4].map((n) => ({ n })));
    startWorker();
    await until(async () => (await states("test.quick")).completed === 3);
    expect(requests).toBe(1);
    await until(async () => (await states("test.quick")).completed === 4);
    expect(log).toHaveLength(4);

    breakOff = true;
    await enqueueMany(db(), quick, [1, 5, 6].map((n) => ({ n })));
    await until(async () => log.length >= 7);
    breakOff = false;
    await until(async () => (await states("test.quick")).completed === 7);
    const [lost] = log.filter(({ n, attempt }) => n === 1 && attempt === 2);
    expect(lost).toBeDefined();
  });

  it("repeats what failed, with growing delays, and counts the attempts", async () => {
    behave = (_, attempt) => {
      if (attempt === 1) throw new Error("not yet");
    };
    startWorker();
    await enqueue(db(), quick, { n: 1 });
    await until(async () => (await states("test.quick")).completed === 1);
    expect(log.map((entry) => entry.attempt)).toEqual([1, 2]);
  });

  it("sends what can never succeed to the dead letters at once, and what fails too often in the end", async () => {
    behave = (n) => {
      throw n === 1 ? new PermanentError("no such thing") : new Error("again and again");
    };
    startWorker();
    await enqueueMany(db(), quick, [{ n: 1 }, { n: 2 }]);
    await until(async () => (await states(DEAD_LETTERS)).created === 2);
    expect(log.filter((entry) => entry.n === 1)).toHaveLength(1);
    expect(log.filter((entry) => entry.n === 2).map((entry) => entry.attempt)).toEqual([1, 2, 3]);
    const dead = await db().execute<{ data: { n: number }; source_output: { message: string } }>(sql`select data, source_output from pgboss.job where name = ${DEAD_LETTERS} order by created_on`);
    expect(dead.map((row) => row.source_output.message)).toEqual(["no such thing", "again and again"]);
  });

  it("waits for a service that is away without using up attempts", async () => {
    let away = true;
    behave = () => {
      if (away) throw new NotNowError("Redis is away");
    };
    startWorker();
    await enqueue(db(), quick, { n: 1 });
    await until(() => log.length >= 4);
    away = false;
    await until(async () => (await states("test.quick")).completed === 1);
    expect(log.every((entry) => entry.attempt === 1)).toBe(true);
  });

  it("waits for the app, whose absence costs no attempt", async () => {
    const port = appPort();
    await stopApp(app);
    startWorker();
    await enqueueMany(db(), quick, [{ n: 1 }, { n: 2 }]);
    await sleep(1_500);
    app = await startApp(port);
    await until(async () => (await states("test.quick")).completed === 2);
    expect(log.map((entry) => entry.attempt)).toEqual([1, 1]);
  });

  it("outlives Postgres cutting its connections", async () => {
    startWorker();
    await enqueue(db(), quick, { n: 1 });
    await until(() => log.length === 1);
    await db().execute(sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`).catch(() => {});
    await until(() => enqueue(db(), quick, { n: 2 }).then(() => true, () => false));
    await until(() => log.some((entry) => entry.n === 2));
  });

  it("gives the jobs of a killed worker to another one", async () => {
    behave = (_, attempt) => (attempt === 1 ? sleep(60_000) : undefined);
    await enqueue(db(), quick, { n: 1 });
    const entry = path.join(inject("folder"), "killed-worker.mjs");
    await build({
      stdin: {
        contents: `import { z } from "zod"; import { defineJob } from "@/lib/platform/jobs/define"; import { runWorker } from "@/lib/platform/jobs/worker";
          runWorker({ jobs: [defineJob({ name: "test.quick", schema: z.object({}), handler: async () => {}, concurrency: 8, retryLimit: 2 })], signal: new AbortController().signal });`,
        resolveDir: process.cwd(),
      },
      outfile: entry, bundle: true, platform: "node", format: "esm", packages: "external", alias: { "@": process.cwd() },
    });
    const child = fork(entry, { env: process.env, execArgv: ["--import", `data:text/javascript,${encodeURIComponent(`import { register } from "node:module"; register("data:text/javascript," + encodeURIComponent(\`export const resolve = (s, c, next) => next(s, { ...c, parentURL: c.parentURL?.includes("killed-worker") ? ${JSON.stringify(`file://${process.cwd()}/x.mjs`)} : c.parentURL });\`));`)}`] });
    await until(() => log.length === 1);
    child.kill("SIGKILL");
    startWorker();
    await until(async () => (await states("test.quick")).completed === 1, 18_000);
    expect(log.map((l) => l.attempt)).toEqual([1, 2]);
  }, 40_000);

  it("keeps the lease of a job that takes long", async () => {
    behave = () => sleep(12_000);
    startWorker();
    startWorker();
    await enqueue(db(), slow, { n: 1 });
    await until(async () => (await states("test.slow")).completed === 1, 20_000);
    expect(log).toHaveLength(1);
  }, 30_000);

  it("ends when asked, with what it began", async () => {
    behave = () => sleep(400);
    startWorker();
    await enqueue(db(), quick, { n: 1 });
    await until(() => log.length === 1);
    workers[0]!.abort();
    await finished[0];
    expect(await states("test.quick")).toEqual({ completed: 1 });
  });
});
