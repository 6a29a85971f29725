import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { inSpareTime, keepOneFree, processorsIn, processorTime, yieldAsSession } from "./spare-time";

/** The policy by its number: 0 ordinary, 5 SCHED_IDLE (proc(5), field 41 of stat). */
const policyOf = (pid: number) => Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ")[38]);

test.skipIf(process.platform !== "linux")("starts a program that works in spare time alone, and tells how much it had", async () => {
  const how = inSpareTime(process.execPath)!;
  const child = spawn(how.program, [...how.args, "-e", "for (const until = Date.now() + 60000; Date.now() < until; );"]);
  try {
    await expect.poll(() => policyOf(child.pid!)).toBe(5);
    await expect.poll(() => processorTime(child.pid!), { timeout: 10_000 }).toBeGreaterThan(100);
    expect(policyOf(process.pid)).toBe(0);
  } finally {
    child.kill("SIGKILL");
  }
});

test("of a process that is gone nothing is known", () => expect(processorTime(2 ** 30)).toBe(0));

const hasGroups = existsSync("/proc/self/autogroup");
const groupOf = (pid: number | "self") => Number(readFileSync(`/proc/${pid}/autogroup`, "utf8").split(" nice ")[1]);

test.skipIf(!hasGroups)("lets the whole session of a process yield, and never our own", async () => {
  const ours = groupOf("self");
  const start = (detached: boolean) => spawn("sleep", ["60"], { detached, stdio: "ignore" });
  const [alone, beside] = [start(true), start(false)];
  try {
    for (const child of [alone, beside]) yieldAsSession(child.pid!, 19);
    expect([groupOf(alone.pid!), groupOf(beside.pid!), groupOf("self")]).toEqual([19, ours, ours]);
  } finally {
    for (const child of [alone, beside]) child.kill("SIGKILL");
  }
  yieldAsSession(2 ** 30, 19);
});

test("processors are read from the system's list of them", () => {
  expect([processorsIn("0"), processorsIn("0-3"), processorsIn("1,4-5,9"), processorsIn("")]).toEqual([[0], [0, 1, 2, 3], [1, 4, 5, 9], []]);
});

const allowed = (pid: number | "self") => processorsIn(/^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]!);

test.skipIf(process.platform !== "linux" || availableParallelism() < 2)("leaves one processor free, and takes it again", async () => {
  const [ours, child] = [allowed("self"), spawn("sleep", ["60"])];
  try {
    keepOneFree(child.pid!, true);
    await expect.poll(() => allowed(child.pid!)).toEqual(ours.slice(1));
    keepOneFree(child.pid!, false);
    await expect.poll(() => allowed(child.pid!)).toEqual(ours);
    expect(allowed("self")).toEqual(ours);
  } finally {
    child.kill("SIGKILL");
  }
});
