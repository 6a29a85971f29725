import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runTool, Turnstile } from "./run";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "heliograph-run-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const shell = (script: string, more: Partial<Parameters<typeof runTool>[2]> = {}) => runTool("/bin/sh", ["-c", script], { dir, seconds: 10, ...more });
const isAlive = (pid: number) => readFile(`/proc/${pid}/stat`, "utf8").then((stat) => !/^\d+ \(.*\) Z/.test(stat), () => false);

/** The number that a program wrote into a file, once it is there. */
async function pidIn(name: string): Promise<number> {
  for (;;) {
    const pid = Number(await readFile(join(dir, name), "utf8").catch(() => ""));
    if (pid > 0) return pid;
    await sleep(20);
  }
}

describe("runTool", () => {
  test("gives what was printed, line by line when asked", async () => {
    expect(await shell("echo one; echo two")).toBe("one\ntwo\n");
    const lines: string[] = [];
    await shell("echo one; printf two; sleep 0.1; echo '!'", { onLine: (line) => lines.push(line) });
    expect(lines).toEqual(["one", "two!"]);
  });
  test("says why it failed", async () => {
    await expect(shell("echo because >&2; exit 3")).rejects.toMatchObject({ how: "said no", reason: "because" });
    await expect(runTool("/no/such/program", [], { dir, seconds: 5 })).rejects.toMatchObject({ how: "said no" });
  });
  test("hands over no secret of ours", async () => {
    const seen = await shell("env; cat /proc/self/environ | tr '\\0' '\\n'");
    expect(seen).not.toMatch(/SECRET|DATABASE_URL|REDIS_URL|secret-of-the-tests/);
    expect(seen).toContain(`HOME=${dir}`);
  });
  test.skipIf(process.getuid?.() !== 0)("is never root, reads what is given and writes where it may, and nowhere else", async () => {
    const [uid, gid, groups, caps] = (await shell("id -u; id -g; id -G; grep CapEff /proc/self/status")).split("\n");
    expect([uid, gid, groups]).toEqual(["65533", "65533", "65533"]);
    expect(caps).toMatch(/^CapEff:\s0+$/);
    await writeFile(join(dir, "given"), "read me", { mode: 0o600 });
    expect(await shell("cat given; echo made > made")).toBe("read me");
    expect(await readFile(join(dir, "made"), "utf8")).toBe("made\n");
    await expect(shell("echo x > /etc/heliograph-was-here")).rejects.toMatchObject({ reason: expect.stringMatching(/permission denied/i) });
    await expect(shell("cat /etc/shadow")).rejects.toMatchObject({ reason: expect.stringMatching(/permission denied/i) });
    // Afterwards the folder is ours alone again.
    expect(await stat(dir)).toMatchObject({ uid: 0, gid: 0 });
  });
  test.skipIf(process.getuid?.() !== 0)("what it made must be plain files: we would follow its links as root", async () => {
    const own = await mkdtemp(join(tmpdir(), "heliograph-run-"));
    for (const trick of ["ln -s /etc/shadow link", "mkfifo pipe"]) {
      await expect(shell(trick, { dir: own })).rejects.toThrow("is no plain file");
      await rm(own, { recursive: true });
      await mkdir(own);
    }
    await rm(own, { recursive: true });
  });
  test("ends what takes too long, is asked to end, or wants too much memory", async () => {
    await expect(shell("sleep 30", { seconds: 0.3 })).rejects.toMatchObject({ how: "took too long" });
    const control = new AbortController();
    setTimeout(() => control.abort(), 200);
    await expect(shell("echo $$ > asked; exec sleep 30", { signal: control.signal })).rejects.toMatchObject({ how: "was ended" });
    await sleep(50);
    expect(await isAlive(await pidIn("asked"))).toBe(false);
    await expect(runTool(process.execPath, ["-e", "Buffer.alloc(1)"], { dir, seconds: 10, memory: 100 })).rejects.toMatchObject({ how: "said no" });
  });
  test("what was started does not outlive us, however we end", async () => {
    await build({
      stdin: { contents: `import { runTool } from "./run"; runTool("/bin/sh", ["-c", "echo $$ > orphan; exec sleep 60"], { dir: ${JSON.stringify(dir)}, seconds: 60 });`, resolveDir: import.meta.dirname, loader: "ts" },
      outfile: join(dir, "owner.mjs"), bundle: true, platform: "node", format: "esm", packages: "bundle", alias: { "@": join(import.meta.dirname, "../../..") }, logLevel: "silent",
    });
    const owner = spawn(process.execPath, [join(dir, "owner.mjs")], { stdio: "inherit", env: process.env });
    const pid = await pidIn("orphan");
    expect(await isAlive(pid)).toBe(true);
    owner.kill("SIGKILL");
    for (let i = 0; i < 100 && (await isAlive(pid)); i++) await sleep(20);
    expect(await isAlive(pid)).toBe(false);
  });
});

test("a turnstile lets in so many at once, and everybody in the end", async () => {
  const turnstile = new Turnstile(2);
  let [inside, most] = [0, 0];
  const results = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => turnstile.pass(async () => {
    most = Math.max(most, ++inside);
    await sleep(5);
    inside -= 1;
    if (i % 3 === 0) throw new Error("no");
    return i;
  })));
  expect([most, inside, results.filter(({ status }) => status === "fulfilled").length]).toEqual([2, 0, 5]);
});
