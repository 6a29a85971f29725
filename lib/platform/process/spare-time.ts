import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * A program of util-linux that starts another one under SCHED_IDLE: it works only while a processor has nothing else to do, and is
 * put aside in the very moment that something else wants it (sched(7)). A low priority alone keeps others waiting for the rest of
 * its turn, some milliseconds at each of the many steps of a page.
 */
const CHRT = ["chrt", "-i", "0"] as const;
let canYield: boolean | undefined;

/** How `program` is started so that it works in spare time alone; `null` where this system can't, or does not let us. */
export function inSpareTime(program: string): { program: string; args: string[] } | null {
  canYield ??= process.platform === "linux" && spawnSync(/* turbopackIgnore: true */ CHRT[0], [...CHRT.slice(1), "true"], { stdio: "ignore" }).status === 0;
  return canYield ? { program: CHRT[0], args: [...CHRT.slice(1), program] } : null;
}

/** Processor time in ms that a process has had so far (proc(5), in hundredths of a second); 0 where that can't be known. */
export function processorTime(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}
