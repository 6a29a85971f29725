import { spawn } from "node:child_process";
import fs from "node:fs";

/**
 * Starts a program in a process group of its own, so that Ctrl-C in the terminal reaches only the supervisor, which ends
 * its programs in order. Output is appended to `log`.
 * @param {{file: string, args: string[], niceness?: number, log?: string, env?: NodeJS.ProcessEnv, cwd?: string, uid?: number, gid?: number, ipc?: boolean, onMessage?: (m: unknown) => void}} options
 */
export function launch({ file, args, niceness, log, env, cwd, uid, gid, ipc = false, onMessage }) {
  const out = log ? fs.openSync(log, "a", 0o600) : "inherit";
  const [program, ...rest] = niceness ? ["nice", "-n", String(niceness), file, ...args] : [file, ...args];
  const child = spawn(program, rest, { env, cwd, uid, gid, detached: true, stdio: ["ignore", out, out, ...(ipc ? ["ipc"] : [])] });
  if (log) fs.closeSync(out);
  if (niceness && child.pid) yieldAsSession(child.pid, niceness);
  const ended = new Promise((resolve) => {
    child.on("exit", (code, signal) => resolve({ code, signal }));
    child.on("error", (error) => resolve({ code: 127, signal: null, error }));
  });
  if (onMessage) child.on("message", onMessage);
  return { child, ended, pid: child.pid };
}

/** Linux deals out processors to sessions first ("autogroup", sched(7)), to the processes of each only then: its own niceness has to be said, too. */
function yieldAsSession(pid, niceness) {
  try {
    fs.writeFileSync(`/proc/${pid}/autogroup`, String(niceness));
  } catch {} // no such groups here
}

/** Signals a process and waits; kills it when it has not ended in time. */
export async function end({ child, ended }, signal = "SIGTERM", ms = 15_000) {
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) return;
  child.kill(signal);
  const timer = setTimeout(() => child.kill("SIGKILL"), ms);
  await ended;
  clearTimeout(timer);
}

/**
 * A shell of a few hundred kilobytes that signals `pid` as soon as this process is gone, however it ended:
 * a program that knows nothing of us would otherwise outlive a SIGKILL of its supervisor.
 * @param {number} pid @param {'INT' | 'TERM'} signal
 */
export function endWithUs(pid, signal) {
  const script = "cat >/dev/null; kill -$2 $1 2>/dev/null; sleep 10; kill -KILL $1 2>/dev/null";
  const watch = spawn("/bin/sh", ["-c", script, "heliograph-watch", String(pid), signal], { stdio: ["pipe", "ignore", "ignore"], detached: true, cwd: "/" });
  watch.on("error", () => {});
  watch.stdin.on("error", () => {});
  watch.stdin.unref?.();
  watch.unref();
  return { release: () => killGroup(watch.pid) };
}

function killGroup(pid) {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {} // it has ended already
}

/** The last lines of a log, for finding the cause of an end. @param {string} file @param {number} from */
export function tail(file, from = 0) {
  try {
    const size = fs.statSync(file).size;
    const start = Math.max(from <= size ? from : 0, size - 16_384);
    const buffer = Buffer.alloc(size - start);
    const handle = fs.openSync(file, "r");
    fs.readSync(handle, buffer, 0, buffer.length, start);
    fs.closeSync(handle);
    return buffer.toString("utf8");
  } catch {
    return "";
  }
}

/** @param {string} file */
export function sizeOf(file) {
  return fs.existsSync(file) ? fs.statSync(file).size : 0;
}

/** Whether a process with this id runs and its command line contains `text`. @param {number} pid @param {string} text */
export function runs(pid, text) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== "EPERM") return false;
  }
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(text);
  } catch {
    return process.platform !== "linux"; // no /proc to ask: believe the id
  }
}
