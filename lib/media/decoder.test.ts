import { spawn } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { residentMemory } from "@/lib/platform/process/resident-memory";
import { detailedPhoto, quarters } from "@/lib/testing/pictures";
import { decoderPids, derive, DecoderFailedError } from "./decoder";
import { Lane } from "./decoder-lane";
import { MediaProblem } from "./problems";

let photo: Buffer;
beforeAll(async () => void (photo = await detailedPhoto()));

async function input(bytes: Buffer) {
  const dir = await mkdtemp(join(tmpdir(), "heliograph-decoder-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await writeFile(join(dir, "original"), bytes);
  return { dir, path: join(dir, "original"), crop: null };
}

async function started(lane: Lane): Promise<number> {
  while (lane.pid === undefined) await new Promise((done) => setTimeout(done, 5));
  return lane.pid;
}

const expectGone = async (pid: number) => await expect.poll(() => residentMemory(pid)).toBe(0);

describe("the decoder apart", { timeout: 60_000 }, () => {
  test("derives and stays for the next", async () => {
    const first = await derive("essential", await input(photo));
    expect(first).toMatchObject({ width: 4000, height: 3000 });
    let pids = decoderPids();
    for (let i = 0; i < 3; i++) {
      await derive("essential", await input(photo));
      if (decoderPids().join() === pids.join()) break;
      // Where there was no spare time it has been put away for one in ordinary time, which stays.
      pids = decoderPids();
    }
    expect(decoderPids()).toEqual(pids);
    expect(pids).not.toContain(process.pid);
  });

  test.skipIf(process.getuid?.() !== 0)("is not root, in none of its threads, and gives its folder back", async () => {
    const given = await input(photo);
    await derive("essential", given);
    for (const pid of decoderPids()) {
      for (const thread of await readdir(`/proc/${pid}/task`)) {
        const status = await readFile(`/proc/${pid}/task/${thread}/status`, "utf8");
        expect(status).toMatch(/^Uid:\t65533\t65533\t65533\t65533$/m);
        expect(status).toMatch(/^CapEff:\t0+$/m);
      }
    }
    expect(decoderPids().length).toBeGreaterThan(0);
    expect((await stat(given.dir)).uid).toBe(0);
  });

  test("killed in the middle it fails, and the next try works in a new one", async () => {
    const task = derive("rest", await input(photo));
    task.catch(() => {});
    while (decoderPids().length < 2) await new Promise((done) => setTimeout(done, 5));
    const killed = decoderPids().at(-1)!;
    await new Promise((done) => setTimeout(done, 150));
    process.kill(killed, "SIGKILL");
    await expect(task).rejects.toThrow(DecoderFailedError);
    const again = await derive("rest", await input(photo));
    expect(again.variants.map((variant) => variant.name)).toContain("original");
    expect(decoderPids()).not.toContain(killed);
  });

  test("a kill does not touch those that wait", async () => {
    const tasks = await Promise.all([photo, photo, await quarters(200, 100).png().toBuffer()].map(input));
    const running = tasks.map((task) => derive("essential", task));
    running[0]!.catch(() => {});
    process.kill(decoderPids()[0]!, "SIGKILL");
    const ends = await Promise.allSettled(running);
    expect(ends.filter((end) => end.status === "fulfilled").length).toBeGreaterThanOrEqual(2);
  });

  test("gets done also while others want all processors for long", async () => {
    const busy = Array.from({ length: availableParallelism() }, () => spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }));
    try {
      expect(await derive("essential", await input(photo))).toMatchObject({ width: 4000, height: 3000 });
    } finally {
      for (const child of busy) child.kill("SIGKILL");
    }
  });

  test.skipIf(process.platform !== "linux")("one that takes more memory than it may is killed in the middle, its photo refused, and the next one works", async () => {
    // All of it is held before the first row comes out; so much takes 300 MB.
    const hungry = await sharp({ create: { width: 9_000, height: 8_000, channels: 3, background: "#456" } }).jpeg({ progressive: true }).toBuffer();
    const lane = new Lane(false, 230_000_000);
    const task = lane.run("essential", await input(hungry), 60_000).catch((error: unknown) => error);
    const pid = await started(lane);
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, residentMemory(pid))), 10);
    const error = await task;
    clearInterval(watch);
    expect(error).toBeInstanceOf(MediaProblem);
    expect(error).toMatchObject({ code: "too_many_pixels", cause: "it took more than 230 MB" });
    expect(most).toBeLessThan(450_000_000);
    await expectGone(pid);
    expect(await lane.run("essential", await input(await quarters(200, 100).png().toBuffer()), 60_000)).toMatchObject({ width: 200 });
    expect(lane.pid).not.toBe(pid);
    expect(await derive("essential", await input(hungry))).toMatchObject({ width: 9_000 });
  });

  test("one that takes longer than it may is killed, and the next one works", async () => {
    const lane = new Lane(false);
    await lane.warm();
    const pid = lane.pid!;
    const began = performance.now();
    await expect(lane.run("rest", await input(photo), 300)).rejects.toThrow(DecoderFailedError);
    expect(performance.now() - began).toBeLessThan(5_000);
    await expectGone(pid);
    expect(await lane.run("essential", await input(photo), 60_000)).toMatchObject({ width: 4000 });
    expect(lane.pid).not.toBe(pid);
  });

  test("a damaged file is the file's fault", async () => {
    const error = await derive("essential", await input(photo.subarray(0, 500_000))).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(MediaProblem);
    expect((error as MediaProblem).code).toBe("damaged");
    const text = await derive("essential", await input(Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"))).catch((e: unknown) => e);
    expect((text as MediaProblem).code).toBe("damaged");
  });

  test("a missing file is worth another try", async () => {
    await expect(derive("essential", { dir: "/nonexistent", path: "/nonexistent/x", crop: null })).rejects.toThrow(DecoderFailedError);
  });
});
