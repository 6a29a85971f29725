import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { root } from "./bootstrap.mjs";
import { freePort } from "./ports.mjs";
import { readRun } from "./run-file.mjs";
import { Trouble } from "./trouble.mjs";

const OUTSIDE = /^(DATABASE_URL|REDIS_URL|UPSTASH_|S3_|STORAGE_|CDN_|PUBLIC_URL|APP_URL|AUTH_|JOBS_|LIMIT_|TRUST_PROXY|NODE_ENV|DATA_DIR|HOST|PORT|npm_)/;
const LIMITS = ["API_PER_MINUTE", "API_PERSON_PER_MINUTE", "LOGIN_PER_MINUTE", "SIGNUP_PER_HOUR", "POSTS_PER_HOUR", "FOLLOWS_PER_DAY", "COMMENTS_PER_MINUTE", "MESSAGES_PER_MINUTE"];

/**
 * A whole Heliograph of its own (`npm start` with another data folder and port), with limits wide open, for programs that
 * measure or mistreat it. `processes()` finds the ids of its parts by a piece of their command line.
 * @param {{data: string, env?: Record<string, string>}} options
 */
export async function trialServer({ data, env = {} }) {
  const port = await freePort();
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OUTSIDE.test(name)));
  const open = Object.fromEntries(LIMITS.map((name) => [`LIMIT_${name}`, "1000000000"]));
  const child = spawn(process.execPath, [path.join(root, "scripts/start.mjs")], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...inherited, ...open, DATA_DIR: data, PORT: String(port), HELIOGRAPH_NO_ENV_FILE: "1", LOG_LEVEL: "warn", ...env },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said = (said + chunk).slice(-4000)));
  const until = Date.now() + 600_000;
  while (!readRun(data)?.url || !(await isReady(port))) {
    if (child.exitCode !== null || Date.now() > until) throw new Trouble(`The server for this run did not start: ${said.trim().split("\n").pop()}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const stop = () => new Promise((resolve) => (child.exitCode !== null ? resolve(undefined) : (child.on("exit", resolve), child.kill("SIGTERM"))));
  process.on("exit", () => child.kill("SIGTERM"));
  return { pid: child.pid, url: `http://127.0.0.1:${port}`, env: readRun(data).env, stop, said: () => said, processes: (part) => descendants(child.pid).filter(({ args }) => args.includes(part)).map(({ pid }) => pid) };
}

async function isReady(port) {
  return fetch(`http://127.0.0.1:${port}/api/ready`).then((answer) => answer.ok, () => false);
}

function descendants(pid) {
  const rows = spawnSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" }).stdout.trim().split("\n").map((line) => {
    const [own, parent, ...args] = line.trim().split(/\s+/);
    return { pid: Number(own), parent: Number(parent), args: args.join(" ") };
  });
  const found = [];
  const visit = (parent) => rows.filter((row) => row.parent === parent).forEach((row) => (found.push(row), visit(row.pid)));
  visit(pid);
  return found;
}

/** Bundles `scripts/<name>.ts` and runs it against the server. @returns {Promise<number>} exit code */
export async function runAgainst(server, name, args = [], env = {}) {
  const { bundle } = await import("./bundle.mjs");
  await bundle([name]);
  const child = spawn(process.execPath, ["--enable-source-maps", path.join(root, `dist/${name}.mjs`), ...args], {
    cwd: root, stdio: ["ignore", "inherit", "inherit", "ipc"], env: { ...server.env, TRIAL_URL: server.url, ...env },
  });
  child.on("message", ({ part, signal, id }) => {
    const pids = server.processes(part);
    for (const pid of pids) process.kill(pid, signal);
    child.send({ id, count: pids.length });
  });
  return new Promise((resolve) => child.on("exit", (code) => resolve(code ?? 1)));
}

/** An empty folder for a run. @param {string} name */
export function freshData(name) {
  const data = path.join(root, ".data", name);
  fs.rmSync(data, { recursive: true, force: true });
  return data;
}
