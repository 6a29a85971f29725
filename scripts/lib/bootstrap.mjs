import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { step } from "./say.mjs";
import { Trouble } from "./trouble.mjs";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const NEEDED = [22, 12];

/**
 * Makes sure that the packages are those of the lock file and that the right Node is running.
 * Returns true in the process that should do the work; elsewhere it waits for that process and ends as it ended.
 * @param {{install?: boolean}} options
 */
export async function bootstrap({ install = true } = {}) {
  if (Number(process.versions.node.split(".")[0]) < 20) throw new Trouble(`Node ${process.versions.node} is too old. Install Node 20 or later (https://nodejs.org) and start again.`);
  if (process.env.HELIOGRAPH_INNER) {
    delete process.env.HELIOGRAPH_INNER;
    return true;
  }
  if (install && !packagesAreCurrent()) await step("Installing packages", installPackages);
  const node = findNode();
  if (node === process.execPath) return true;
  await becomeOuter(node);
  return false;
}

/** npm writes what it installed into node_modules/.package-lock.json last, so an interrupted install is noticed too. */
function packagesAreCurrent() {
  const wanted = readJson(path.join(root, "package-lock.json"))?.packages;
  const present = readJson(path.join(root, "node_modules/.package-lock.json"))?.packages;
  if (!wanted) throw new Trouble("package-lock.json is missing. Clone the project again.");
  if (!present) return false;
  return Object.entries(wanted).every(([where, entry]) => {
    if (where === "") return true;
    const found = present[where];
    if (!found) return Boolean(entry.optional || entry.devOptional || entry.peer);
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

function installPackages() {
  // npm tells its scripts where it lies; that copy is surely there and has the same configuration.
  const npm = process.env.npm_execpath?.endsWith(".js") ? [process.execPath, process.env.npm_execpath] : ["npm"];
  // Without npm's own settings of the outer run, and with the development packages: the build needs TypeScript.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(lifecycle|package|command)/.test(name) && name !== "NODE_ENV"));
  const args = [...npm.slice(1), "ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  return new Promise((resolve, reject) => {
    const child = spawn(npm[0], args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    // Two installations in one folder spoil each other, so this one must not outlive us.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => (child.kill(signal), process.exit(130)));
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output = (output + chunk).slice(-8000)));
    child.on("error", () => reject(new Trouble("npm was not found. Install npm (it comes with Node) and start again.")));
    child.on("exit", (code) => (code === 0 ? resolve(undefined) : reject(new Trouble(whyInstallFailed(output)))));
  });
}

function whyInstallFailed(output) {
  if (/ENOSPC|no space left/i.test(output)) return "The packages could not be installed because the disk is full. Free about 1.5 GB and start again.";
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET/.test(output)) return "The packages could not be downloaded because the npm registry cannot be reached. Check the connection and start again.";
  if (/EACCES|EPERM/.test(output)) return `The packages could not be written to ${root}/node_modules. Run as the user who owns this folder.`;
  const line = output.split("\n").find((text) => /npm (error|ERR!) (?!code|errno|syscall|path|dest|signal|command|A complete log)/.test(text)) ?? output.trim().split("\n").pop();
  return `The packages could not be installed: ${line.replace(/^npm (error|ERR!)\s*/, "")}`;
}

/** The Node that the project pins through npm; elsewhere the running one if it is new enough. */
function findNode() {
  const pinned = path.join(root, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  if (fs.existsSync(pinned)) {
    if (fs.realpathSync(pinned) === fs.realpathSync(process.execPath)) return process.execPath;
    // Not runnable on a system with another C library (Alpine); then the system's own Node has to do.
    if (spawnSync(pinned, ["--version"], { stdio: "ignore" }).status === 0) return pinned;
  }
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return process.execPath;
  throw new Trouble(`Node ${NEEDED.join(".")} or later is needed on ${process.platform} ${process.arch}; this is ${process.versions.node}. Install a newer one from https://nodejs.org and start again.`);
}

/** Stays as a thin shell around the real process: passes signals on and ends with its code. */
async function becomeOuter(node) {
  const child = spawn(node, process.argv.slice(1), {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, HELIOGRAPH_INNER: "1" },
  });
  // A terminal sends Ctrl-C to the whole group, so the child has it already; a plain `kill` reaches only us.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.connected && child.send({ signal }));
  watchNpm(() => child.connected && child.send({ signal: "SIGTERM" }));
  const code = await new Promise((resolve) => child.on("exit", (status, signal) => resolve(status ?? (signal ? 1 : 0))));
  process.exit(code);
}

/**
 * Calls `end` once when this process is asked to end or when whoever started it has gone,
 * and ends at once when asked a second time.
 * @param {(reason: string) => void} end
 */
export function onEnd(end) {
  let asked = 0;
  const ask = (reason) => {
    if (asked && Date.now() - asked > 500) process.exit(130);
    if (asked) return; // the same Ctrl-C, once from the terminal and once from the outer shell
    asked = Date.now();
    end(reason);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => ask(signal));
  process.on("message", (message) => message?.signal && ask(message.signal));
  process.on("disconnect", () => ask("parent gone"));
  if (!process.connected) watchNpm(() => ask("parent gone"));
}

/** npm killed outright leaves its script running, perhaps under a shell of its own; their parents then change. */
function watchNpm(gone) {
  if (!process.env.npm_lifecycle_event) return;
  const lineage = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const born = lineage();
  setInterval(() => lineage() !== born && gone(), 2000).unref();
}

function parentOf(pid) {
  try {
    return /^PPid:\s*(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  } catch {
    return undefined; // no /proc here: the direct parent has to do
  }
}
