import { execFile, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { constants, getPriority, setPriority } from "node:os";

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

/** As little as there is. */
export const LEAST = constants.priority.PRIORITY_LOW;

/** Gives a process this niceness, unless it has a higher one from us already, which only root may take back. */
export function yieldTo(pid: number, niceness: number): void {
  try {
    if (getPriority(pid) < niceness) setPriority(pid, niceness);
  } catch {} // gone already
}

/** Whoever is not root may say it ten times a second in all. */
const AGAIN = { times: 5, afterMs: 120 };

/**
 * Gives a process, with all that it starts, the place of one with this niceness beside everything else. Linux deals out processors to sessions first
 * ("autogroup", sched(7)): priorities and SCHED_IDLE count within one only, and what yields in one session keeps the whole of another waiting. For
 * processes that were started `detached`, which lead a session of their own; of others, and where there are no such groups, it changes nothing.
 */
export function yieldAsSession(pid: number, niceness: number, times = AGAIN.times): void {
  try {
    if (Number(fieldsOf(pid)[3]) === pid) writeFileSync(`/proc/${pid}/autogroup`, String(niceness));
  } catch (error) {
    // Otherwise it is gone, or there are no such groups here.
    if ((error as NodeJS.ErrnoException).code === "EAGAIN" && times > 0) setTimeout(() => yieldAsSession(pid, niceness, times - 1), AGAIN.afterMs).unref();
  }
}

/**
 * Keeps a process, with all its threads, away from one of the processors, or lets it use them all again. What works in spare time is put aside at once only
 * for processes of its own session; with several threads it else stands in the way of every step of a page, for some milliseconds each. Changes nothing
 * where there is one processor only, or no `taskset` (util-linux).
 */
export function keepOneFree(pid: number, on: boolean): void {
  processors ??= processorsIn(readAllowed());
  const [, ...others] = processors;
  if (others.length > 0) execFile("taskset", ["-a", "-c", "-p", (on ? others : processors).join(","), String(pid)], () => {});
}

let processors: number[] | undefined;

/** The numbers in a list such as "0-3,8" (proc(5), Cpus_allowed_list). */
export const processorsIn = (list: string): number[] =>
  list.split(",").filter(Boolean).flatMap((part) => {
    const [from, to = from] = part.split("-").map(Number) as [number, number?];
    return Array.from({ length: to! - from + 1 }, (_, i) => from + i);
  });

function readAllowed(): string {
  try {
    return /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "";
  } catch {
    return "";
  }
}

/** What proc(5) lists of a process from its state on (field 3). */
const fieldsOf = (pid: number) => readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");

/** Processor time in ms that a process has had so far (proc(5), in hundredths of a second); 0 where that can't be known. */
export function processorTime(pid: number): number {
  try {
    const fields = fieldsOf(pid);
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}
