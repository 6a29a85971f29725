import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { sql } from "drizzle-orm";
import sharp, { type Sharp } from "sharp";
import { db } from "@/db/client";
import { decoderPids, derive } from "@/lib/media/decoder";
import type { Made } from "@/lib/media/made";
import { makeJpeg } from "../e2e/fixtures/photos";
import { load, type Measured, percentiles } from "./load";
import { type BenchPerson, signIn } from "./people";
import type { Line } from "./report";

const url = () => process.env.TRIAL_URL!;
const ROUNDS = 5;

/** Wall clock and processor time in ms, and what was written. */
type Cost = { wall: number; cpu: number; bytes: number };

const measured = (times: number[]): Measured => ({ ...percentiles(times), perSecond: 1000 / percentiles(times).p50, failures: 0 });
const middle = (values: number[]) => percentiles(values).p50;

/** A 12-megapixel JPEG, both steps, against plain sharp making the same files once from one decode. */
export async function photoPipeline(): Promise<Line[]> {
  const dir = await mkdtemp(join(tmpdir(), "heliograph-bench-"));
  const path = join(dir, "original");
  await writeFile(path, await makeJpeg(7, 4000, 3000));
  const costs: Record<"first" | "all" | "plainFirst" | "plainAll", Cost[]> = { first: [], all: [], plainFirst: [], plainAll: [] };
  try {
    for (let round = -1; round < ROUNDS; round++) {
      const input = { path, dir: join(dir, `ours-${round}`), crop: null };
      await mkdir(input.dir);
      const essential = await ours(() => derive("essential", input));
      const rest = await ours(() => derive("rest", { ...input, known: essential.result.known }));
      const plainFirst = await plain(path, join(dir, `plain-first-${round}`), FIRST);
      const plainAll = await plain(path, join(dir, `plain-all-${round}`), ALL);
      if (round < 0) continue;
      const first = { ...essential, bytes: sizeOf(essential.result.variants) };
      costs.first.push(first);
      costs.all.push({ wall: first.wall + rest.wall, cpu: first.cpu + rest.cpu, bytes: first.bytes + sizeOf(rest.result.variants) });
      costs.plainFirst.push(plainFirst);
      costs.plainAll.push(plainAll);
    }
  } finally {
    await rm(dir, { recursive: true });
  }
  return [...linesOf("files of publication", costs.first, costs.plainFirst), ...linesOf("all files", costs.all, costs.plainAll)];
}

function linesOf(what: string, own: Cost[], floor: Cost[]): Line[] {
  const bytes = `${Math.round(own[0]!.bytes / 1000)} kB against ${Math.round(floor[0]!.bytes / 1000)}`;
  return (["wall", "cpu"] as const).map((kind) => ({
    work: `12-megapixel JPEG: ${what}, ${kind === "wall" ? `by the clock (${bytes})` : "processor time"}`,
    lanes: 1,
    measured: measured(own.map((cost) => cost[kind])),
    floor: { name: "plain sharp, the same files once", measured: measured(floor.map((cost) => cost[kind])) },
  }));
}

const sizeOf = (variants: Made[]) => variants.reduce((sum, { bytes }) => sum + bytes, 0);

async function ours<T>(work: () => Promise<T>): Promise<Omit<Cost, "bytes"> & { result: T }> {
  const [before, began] = [childrenCpu(), performance.now()];
  const result = await work();
  return { result, wall: performance.now() - began, cpu: childrenCpu() - before };
}

/** Processor time of this process's decoders, in ms (proc(5): in ticks of 10 ms). */
function childrenCpu(): number {
  return decoderPids().reduce((sum, pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
    return sum + (Number(fields[11]) + Number(fields[12])) * 10;
  }, 0);
}

type PlainFile = { name: string; width: number; ext: "jpg" | "webp" | "avif" };
const sizes = (widths: number[], ext: PlainFile["ext"]) => widths.map((width): PlainFile => ({ name: String(width), width, ext }));
const FIRST = sizes([150, 320, 640, 1080], "jpg");
const ALL = [...sizes([150, 320, 640, 1080, 1440], "jpg"), ...sizes([150, 320, 640, 1080, 1440], "webp"), ...sizes([150, 320, 640, 1080, 1440], "avif"), { name: "original", width: 4000, ext: "jpg" as const }, { name: "original", width: 4000, ext: "webp" as const }];

const encoders = { jpg: (s: Sharp) => s.jpeg({ quality: 80, mozjpeg: true }), webp: (s: Sharp) => s.webp({ quality: 80 }), avif: (s: Sharp) => s.avif({ quality: 60, effort: 2, chromaSubsampling: "4:2:0" }) };

/** One decode, sizes from it, the usual qualities; the whole picture from the file, in WebP's quick way as we have it. */
async function plain(path: string, dir: string, files: PlainFile[]): Promise<Cost> {
  await mkdir(dir);
  const [before, began] = [process.cpuUsage(), performance.now()];
  const top = Math.max(...files.filter(({ name }) => name !== "original").map(({ width }) => width));
  const { data, info } = await sharp(path).autoOrient().resize({ width: top }).raw().toBuffer({ resolveWithObject: true });
  const base = () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels as 3 } });
  await Promise.all(files.map(({ name, width, ext }) => {
    const image = name === "original" ? sharp(path).autoOrient() : width === 150 ? base().resize(150, 150) : base().resize({ width });
    return (name === "original" && ext === "webp" ? image.webp({ quality: 80, effort: 1 }) : encoders[ext](image)).toFile(join(dir, `${name}.${ext}`));
  }));
  const { user, system } = process.cpuUsage(before);
  const bytes = await Promise.all(files.map(({ name, ext }) => stat(join(dir, `${name}.${ext}`)).then(({ size }) => size)));
  return { wall: performance.now() - began, cpu: (user + system) / 1000, bytes: bytes.reduce((sum, one) => sum + one, 0) };
}

/** 50 photos of 12 megapixels at once from 10 people, while others read their feeds. */
export async function photoBurst(): Promise<Line[]> {
  const people = await signIn(60);
  const [posting, reading] = [people.slice(0, 10), people.slice(10)];
  const photo = await makeJpeg(7, 4000, 3000);
  await load(url(), 2, 200, (i) => ({ path: "/api/feed", headers: reading[i % 50]!.headers }));
  const quiet = await (readFeeds(reading).then(async (stop) => (await sleep(4_000), stop())));
  const stop = await readFeeds(reading);
  const began = performance.now();
  const posts = await Promise.all(posting.flatMap((person) => Array.from({ length: 5 }, () => post(person, photo))));
  const published = await publishedAfter(posts, began);
  const busy = await stop();
  const last = Math.max(...published);
  return [
    { work: `50 photos of 12 megapixels at once from 10 people: until each is out (all after ${(last / 1000).toFixed(1)} s)`, lanes: 50, measured: { ...percentiles(published), perSecond: (50 * 1000) / last, failures: 0 } },
    { work: "feed page meanwhile, JSON (its p95 shall be at most twice the quiet one's)", lanes: 1, measured: busy, floor: { name: "the same when all is quiet", measured: quiet } },
    { work: "its p95 alone", lanes: 1, measured: { ...busy, p50: busy.p95 }, floor: { name: "quiet p95", measured: { ...quiet, p50: quiet.p95 } } },
  ];
}

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

/** As the composer does it: announce, send, post. Answers the post's id. */
async function post(person: BenchPerson, photo: Buffer): Promise<string> {
  const headers = { ...person.headers, "content-type": "application/json" };
  const ask = async (path: string, body: object) => {
    const answer = await fetch(`${url()}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    const found = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(found)}`);
    return found;
  };
  const upload = await ask("/api/uploads", { content_type: "image/jpeg", size: photo.length });
  const sent = await fetch(new URL(upload.url, url()), { method: upload.method, headers: upload.headers, body: new Uint8Array(photo) });
  if (!sent.ok) throw new Error(`The upload answered ${sent.status}.`);
  await ask(`/api/uploads/${upload.media_id}/complete`, {});
  return (await ask("/api/posts", { media: [{ id: upload.media_id }] })).id;
}

/** When each was out, in ms since `began`; asks the database, so as not to load the server. */
async function publishedAfter(posts: string[], began: number): Promise<number[]> {
  const times = new Map<string, number>();
  while (times.size < posts.length) {
    if (performance.now() - began > 120_000) throw new Error("A photo was not published within two minutes.");
    await sleep(100);
    const rows = await db().execute<{ id: string }>(sql`select id from posts where status = 'published' and id = any (${`{${posts.join(",")}}`}::text::bigint[])`);
    for (const { id } of rows) if (!times.has(id)) times.set(id, performance.now() - began);
  }
  return [...times.values()];
}
