import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Ffmpeg, findFfmpeg } from "@/lib/media/video/programs";
import type { Measured } from "./load";
import { signIn } from "./people";
import type { Line } from "./report";

const run = promisify(execFile);
const url = () => process.env.TRIAL_URL!;
const HEIGHTS = [240, 360, 480, 720, 1080];
const RATES = ["450k", "850k", "1500k", "3000k", "5500k"];

type Spent = { wall: number; cpu: number };
const measured = (ms: number): Measured => ({ p50: ms, p95: ms, p99: ms, perSecond: 1000 / ms, failures: 0 });

/** One minute of 1080p from the moment its bytes are there to published, and the processor time of the whole machine for it. */
export async function video(): Promise<Line[]> {
  const tools = await waitForFfmpeg();
  const dir = await mkdtemp(join(tmpdir(), "heliograph-bench-"));
  try {
    const path = join(dir, "minute.mp4");
    await film(tools.ffmpeg, path);
    const plain = await spent(() => plainLadder(tools.ffmpeg, path, dir));
    const ours = await postAndWait(await readFile(path));
    const floor = "plain ffmpeg, the same ladder in one command";
    return [
      { work: "one minute of 1080p: from arrived to published", lanes: 1, measured: measured(ours.wall), floor: { name: floor, measured: measured(plain.wall) } },
      { work: "… processor time", lanes: 1, measured: measured(ours.cpu), floor: { name: floor, measured: measured(plain.cpu) } },
    ];
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** The server has just been started and may still be fetching it. */
async function waitForFfmpeg(): Promise<Ffmpeg> {
  for (const until = Date.now() + 180_000; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 2_000))) {
    const found = await findFfmpeg();
    if (found) return found;
  }
  throw new Error("there is no ffmpeg here");
}

/** Something that moves like a film: a zoom into a fractal, with grain, and a tone. */
async function film(ffmpeg: string, path: string): Promise<void> {
  const picture = "mandelbrot=size=960x540:rate=30,scale=1920:1080,noise=alls=8:allf=t,format=yuv420p";
  await run(ffmpeg, ["-v", "error", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=frequency=440", "-t", "60", "-c:v", "libx264", "-preset", "veryfast", "-b:v", "12M", "-c:a", "aac", path]);
}

/** What somebody would type who wants the same sizes. */
async function plainLadder(ffmpeg: string, path: string, dir: string): Promise<void> {
  const names = HEIGHTS.map((_, i) => `[s${i}]`).join("");
  const scales = HEIGHTS.map((height, i) => `[s${i}]scale=-2:${height}[v${i}]`).join(";");
  const outputs = HEIGHTS.flatMap((height, i) => [
    "-map", `[v${i}]`, "-map", "0:a", "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-maxrate", RATES[i]!, "-bufsize", RATES[i]!.replace(/\d+/, (rate) => String(Number(rate) * 2)), "-pix_fmt", "yuv420p",
    "-force_key_frames", "expr:gte(t,n_forced*4)", "-sc_threshold", "0", "-c:a", "aac", "-b:a", "128k", "-f", "hls", "-hls_time", "4", "-hls_playlist_type", "vod", "-hls_segment_type", "fmp4", "-hls_flags", "single_file", join(dir, `plain-${height}.m3u8`),
  ]);
  await run(ffmpeg, ["-v", "error", "-y", "-i", path, "-filter_complex", `[0:v]split=${HEIGHTS.length}${names};${scales}`, ...outputs], { cwd: dir, maxBuffer: 10_000_000 });
}

async function postAndWait(bytes: Buffer): Promise<Spent> {
  const [person] = await signIn(1);
  const ask = async (path: string, body?: object) => {
    const answer = await fetch(`${url()}${path}`, { method: body ? "POST" : "GET", headers: { ...person!.headers, ...(body ? { "content-type": "application/json" } : {}) }, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const ticket = await ask("/api/uploads", { content_type: "video/mp4", size: bytes.length });
  const sent = await fetch(new URL(ticket.url, url()), { method: ticket.method, headers: ticket.headers, body: new Uint8Array(bytes) });
  if (!sent.ok) throw new Error(`the storage answered ${sent.status}`);
  return spent(async () => {
    await ask(`/api/uploads/${ticket.media_id}/complete`, {});
    const { id } = await ask("/api/posts", { media: [{ id: ticket.media_id }] });
    for (;;) {
      const { status } = await ask(`/api/posts/${id}`);
      if (status === "published") return;
      if (status === "failed") throw new Error("The video failed.");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
}

/** Hundredths of a second that the machine's processors have worked since it was started. */
function busy(): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = (/^cpu +(.*)/.exec(readFileSync("/proc/stat", "utf8"))?.[1] ?? "").split(" ").map(Number);
  return user + nice + system + irq + softirq;
}

async function spent(work: () => Promise<void>): Promise<Spent> {
  const [began, before] = [performance.now(), busy()];
  await work();
  return { wall: performance.now() - began, cpu: (busy() - before) * 10 };
}
