import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { makeJpeg } from "../e2e/fixtures/photos";
import { load, type Measured, percentiles } from "./load";
import { type BenchPerson, signIn } from "./people";
import { dropBacklog, rested } from "./quiet";
import type { Line } from "./report";

const url = () => process.env.TRIAL_URL!;

/** 50 photos of 12 megapixels at once from 10 people, while others read their feeds. */
export async function photoBurst(): Promise<Line[]> {
  const people = await signIn(60);
  const [posting, reading] = [people.slice(0, 10), people.slice(10)];
  const photo = await makeJpeg(7, 4000, 3000);
  await load(url(), 8, 400, (i) => ({ path: "/api/feed", headers: reading[i % 50]!.headers }));
  // A server that has been up for a while has every part of itself loaded.
  await dropBacklog();
  await publishedAfter(await (await sender(posting.slice(0, 1), photo))(), performance.now());
  await rested();
  const quiet = await (readFeeds(reading).then(async (stop) => (await sleep(8_000), stop())));
  const send = await sender(posting, photo);
  const stop = await readFeeds(reading);
  const began = performance.now();
  const posts = await send();
  const published = await publishedAfter(posts, began);
  const busy = await stop();
  const last = Math.max(...published);
  return [
    { work: `50 photos of 12 megapixels at once from 10 people: until each is out (all after ${(last / 1000).toFixed(1)} s)`, lanes: 50, measured: { ...percentiles(published), perSecond: (50 * 1000) / last, failures: 0 } },
    { work: "feed page meanwhile, JSON (its p95 shall be at most twice the quiet one's)", lanes: 1, measured: busy, floor: { name: "the same when all is quiet", measured: quiet } },
    { work: "its p95 alone", lanes: 1, measured: { ...busy, p50: busy.p95 }, floor: { name: "quiet p95", measured: { ...quiet, p50: quiet.p95 } } },
  ];
}

const middle = (values: number[]) => percentiles(values).p50;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** In a thread of its own: sending 200 MB from the same one would count as the server's slowness. */
const READER = `
const { parentPort, workerData: { url, headers } } = require("node:worker_threads");
const http = require("node:http");
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const times = [];
let failures = 0, isOver = false;
parentPort.on("message", () => (isOver = true));
const ask = (i) => new Promise((resolve) => http.get(url + "/api/feed", { agent, headers: headers[i % headers.length] }, (answer) => {
  answer.resume().on("end", () => resolve(answer.statusCode === 200));
}).on("error", () => resolve(false)));
(async () => {
  for (let i = 0; !isOver; i++) {
    const began = performance.now();
    if (!(await ask(i))) failures++;
    times.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  parentPort.postMessage({ times, failures });
  agent.destroy();
  parentPort.close();
})();`;

/** A reader who asks for a page every 20 ms, until told to stop. */
async function readFeeds(people: BenchPerson[]): Promise<() => Promise<Measured>> {
  const reader = new Worker(READER, { eval: true, workerData: { url: url(), headers: people.map(({ headers }) => headers) } });
  await once(reader, "online");
  return async () => {
    const answer = once(reader, "message");
    reader.postMessage("stop");
    const [{ times, failures }] = (await answer) as [{ times: number[]; failures: number }];
    return { ...percentiles(times), perSecond: 1000 / middle(times), failures };
  };
}

/**
 * As the composer does it: announce, send, post; all at once. Ten phones would not take processors from the server, so what sends
 * here is a process of its own that yields to it with all of its threads.
 */
const SENDER = `
const http = require("node:http");
process.once("message", ({ url, people, photo: path }) => {
  const photo = require("node:fs").readFileSync(path);
  const send = (method, address, headers, body) => new Promise((resolve, reject) => {
    const req = http.request(new URL(address, url), { method, headers: { ...headers, "content-length": body.length } }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part)).on("end", () => answer.statusCode < 300 ? resolve(Buffer.concat(parts).toString()) : reject(new Error(address + ": " + answer.statusCode + " " + Buffer.concat(parts))));
    });
    req.on("error", reject).end(body);
  });
  const ask = async (path, headers, body) => JSON.parse(await send("POST", path, { ...headers, "content-type": "application/json" }, Buffer.from(JSON.stringify(body))));
  const post = async (headers) => {
    const upload = await ask("/api/uploads", headers, { content_type: "image/jpeg", size: photo.length });
    await send(upload.method, upload.url, upload.headers, photo);
    await ask("/api/uploads/" + upload.media_id + "/complete", headers, {});
    return (await ask("/api/posts", headers, { media: [{ id: upload.media_id }] })).id;
  };
  process.send("ready");
  process.once("message", () => Promise.all(people.flatMap((headers) => Array.from({ length: 5 }, () => post(headers)))).then((posts) => process.send(posts, () => process.exit(0))));
});`;

/** Sends when told to; by then the sender is up. */
async function sender(people: BenchPerson[], photo: Buffer): Promise<() => Promise<string[]>> {
  const path = join(tmpdir(), `heliograph-burst-${process.pid}.jpg`);
  await writeFile(path, photo);
  const child = spawn("nice", ["-n", "19", process.execPath, "-e", SENDER], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  child.send({ url: url(), people: people.map(({ headers }) => headers), photo: path });
  await once(child, "message");
  await rm(path);
  return async () => {
    const answer = once(child, "message");
    child.send("now");
    return ((await answer) as [string[]])[0];
  };
}

/** When each was out, in ms since `began`; asks the database, so as not to load the server. */
async function publishedAfter(posts: string[], began: number): Promise<number[]> {
  const times = new Map<string, number>();
  while (times.size < posts.length) {
    if (performance.now() - began > 120_000) throw new Error("A photo was not published within two minutes.");
    await sleep(200);
    const rows = await db().execute<{ id: string }>(sql`select id from posts where status = 'published' and id = any (${`{${posts.join(",")}}`}::text::bigint[])`);
    for (const { id } of rows) if (!times.has(id)) times.set(id, performance.now() - began);
  }
  return [...times.values()];
}
