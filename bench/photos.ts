import { readFileSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { decoderPids, derive } from "@/lib/media/decoder";
import type { Made } from "@/lib/media/made";
import { makeJpeg } from "../e2e/fixtures/photos";
import { type Measured, percentiles } from "./load";
import { dropBacklog } from "./quiet";
import type { Line } from "./report";

const ROUNDS = 5;

/** Wall clock and processor time in ms, and what was written. */
type Cost = { wall: number; cpu: number; bytes: number };

const measured = (times: number[]): Measured => ({ ...percentiles(times), perSecond: 1000 / percentiles(times).p50, failures: 0 });

/** A 12-megapixel JPEG, both steps, against plain sharp making the same files once from one decode. */
export async function photoPipeline(): Promise<Line[]> {
  await dropBacklog();
  const dir = await mkdtemp(join(tmpdir(), "heliograph-bench-"));
  // Decoders read it without root's rights.
  await chmod(dir, 0o755);
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
