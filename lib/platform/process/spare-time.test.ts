import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inSpareTime, processorTime } from "./spare-time";

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
