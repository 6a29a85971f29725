import { spawn } from "node:child_process";
import { constants } from "node:os";
import { env } from "@/lib/platform/env";
import { yieldAsSession } from "@/lib/platform/process/spare-time";
import { lend, servant, takeBack } from "../servant";

/** A program that looks into somebody's file did not come to a good end; `reason` is the end of what it said. */
export class ToolFailedError extends Error {
  override name = "ToolFailedError";
  constructor(readonly reason: string, readonly how: "said no" | "took too long" | "was ended") {
    super(`${how}: ${reason.slice(-300)}`);
  }
}

export type Bounds = {
  /** The only folder it should write to, also for its temporary files. */
  dir: string;
  seconds: number;
  /** Of address space, in MB. */
  memory?: number;
  niceness?: number;
  signal?: AbortSignal;
  onLine?: (line: string) => void;
};

const MAX_OUTPUT = 2_000_000;

/**
 * Limits are set before the program is, so that all its threads are bound by them. What ends us ends it, too, however that
 * comes: the subshell waits for our end of the pipe to close. `$$` is the shell's own number, which becomes the program's.
 */
const SCRIPT = `ulimit -c 0; ulimit -v "$1" 2>/dev/null; niceness=$2; shift 2
exec 3<&0; (cat <&3; kill -KILL $$) >/dev/null 2>&1 &
exec nice -n "$niceness" "$@" </dev/null 3<&-`;

/** Where `nice` and `cat` lie, also for a servant who can't enter the folders of our own path. */
const SYSTEM_PATH = "/usr/bin:/bin";

/**
 * Runs ffmpeg or ffprobe with bounds on time, memory and processor, without our secrets and never as root. `dir` is the
 * program's for as long: one at a time. Answers what it printed. Throws `ToolFailedError`.
 */
export async function runTool(program: string, args: readonly string[], bounds: Bounds): Promise<string> {
  await lend(bounds.dir);
  const printed = await run(program, args, bounds).finally(() => takeBack(bounds.dir).catch((error: Error) => {
    throw new ToolFailedError(error.message, "said no");
  }));
  return printed;
}

function run(program: string, args: readonly string[], { dir, seconds, memory = 4_000, niceness = 5, signal, onLine }: Bounds): Promise<string> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new ToolFailedError("not begun", "was ended"));
    const bounds = [String(memory * 1_000), String(niceness)];
    const child = spawn("/bin/sh", ["-c", SCRIPT, "sh", ...bounds, program, ...args], {
      ...servant(), cwd: dir, detached: true, stdio: ["pipe", "pipe", "pipe"], env: { NODE_ENV: "production", PATH: `${env().PATH}:${SYSTEM_PATH}`, HOME: dir, TMPDIR: dir, LC_ALL: "C" },
    });
    if (child.pid) yieldAsSession(child.pid, niceness);
    let [output, complaints, rest] = ["", "", ""];
    let how: ToolFailedError["how"] = "said no";
    const kill = (why: ToolFailedError["how"]) => {
      how = why;
      endGroup(child.pid);
    };
    const onAbort = () => kill("was ended");
    signal?.addEventListener("abort", onAbort, { once: true });
    const timer = setTimeout(() => kill("took too long"), seconds * 1_000);
    child.stdin.on("error", () => {});
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      if (!onLine) return void (output.length < MAX_OUTPUT && (output += chunk));
      const lines = (rest + chunk).split("\n");
      rest = lines.pop()!.slice(-1_000);
      for (const line of lines) onLine(line);
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (complaints = (complaints + chunk).slice(-4_000)));
    child.on("error", (error) => (complaints += error.message));
    child.on("exit", () => endGroup(child.pid));
    child.on("close", (code, killedBy) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      if (code === 0) return resolve(output);
      reject(new ToolFailedError(complaints.trim() || `it ended with ${killedBy ?? code}`, how));
    });
  });
}

/** The program, and the subshell that watches over it. */
function endGroup(pid: number | undefined): void {
  if (!pid) return;
  try {
    process.kill(-pid, constants.signals.SIGKILL);
  } catch {
    // It has ended already.
  }
}

/** Lets in no more than so many at once; the others wait their turn. */
export class Turnstile {
  #inside = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(private readonly places: number) {}

  /** Whether anybody is inside. */
  get isBusy(): boolean {
    return this.#inside > 0;
  }

  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside >= this.places) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#inside += 1;
    try {
      return await work();
    } finally {
      // The place is handed on.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#inside -= 1;
    }
  }
}

// One set for the process, also when a bundler loads this module twice.
const holder = globalThis as typeof globalThis & { heliographTurnstiles?: Record<"probe" | "transcode" | "uncut", Turnstile> };

/** How many looks into files, and how many makings, this process has under way at most. */
export const turnstiles = () => (holder.heliographTurnstiles ??= { probe: new Turnstile(2), transcode: new Turnstile(1), uncut: new Turnstile(1) });
