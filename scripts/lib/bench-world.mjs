import { fork, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { runOnce } from "./app-process.mjs";
import { root } from "./bootstrap.mjs";
import { bundle } from "./bundle.mjs";
import { prepareDataDir, serviceDir } from "./places.mjs";
import { freePort } from "./ports.mjs";
import { openPostgres } from "./postgres.mjs";
import { end } from "./process.mjs";
import { assertNotRunning } from "./run-file.mjs";
import { step, spell, note } from "./say.mjs";
import { secretsOf } from "./secrets.mjs";
import { Trouble } from "./trouble.mjs";

const SEED = 42;
/** Raised when the generator makes other worlds than before: those that lie about are then made anew. */
const EDITION = 1;
const OLD_DAYS = 10;

/** While a world is loaded nothing needs to survive: a half-made one is thrown away. For measuring, Postgres is started as the product starts it. */
const LOADING = { wal_level: "minimal", max_wal_senders: "0", fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_wal_size: "4GB", checkpoint_timeout: "1h", autovacuum: "off", shared_buffers: "1GB", max_parallel_maintenance_workers: "2" };

/**
 * The data folder of a world, made now unless it is there; a half-made one is made again.
 * @param {string} data @param {string} name @param {boolean} anew
 */
export async function ensureWorld(data, name, anew) {
  const file = path.join(data, "world.json");
  const known = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : null;
  if (known?.edition === EDITION && known.seed === SEED && !anew) {
    const days = (Date.now() - known.until) / 86_400_000;
    note(`World ${name}: made ${days < 1 ? "today" : `${Math.round(days)} days ago`} in ${spell(known.seconds * 1000)}.${days > OLD_DAYS ? " Its newest posts are old by now: --remake makes it anew." : ""}`);
    return;
  }
  assertNotRunning(data);
  if (fs.existsSync(data)) remove(data);
  prepareDataDir(data);
  const secrets = secretsOf(data);
  const dir = serviceDir(data, secrets.id);
  const made = await load(data, dir, secrets, name);
  fs.writeFileSync(file, `${JSON.stringify({ edition: EDITION, seed: SEED, ...made })}\n`);
  note(`World ${name} made in ${spell(made.seconds * 1000)}.`);
}

function remove(data) {
  const dir = fs.existsSync(path.join(data, "secrets.json")) ? serviceDir(data, secretsOf(data).id) : data;
  for (const folder of [dir, data]) fs.rmSync(folder, { recursive: true, force: true });
}

async function load(data, dir, secrets, name) {
  const logs = path.join(data, "logs");
  fs.mkdirSync(logs, { recursive: true });
  const postgres = await openPostgres({ dir, log: path.join(logs, "postgres.log"), port: await freePort(), password: secrets.postgres, settings: LOADING });
  const running = await postgres.start();
  try {
    await postgres.prepare();
    const { AUTH_SECRET, JOBS_SECRET, STORAGE_SECRET } = secrets;
    const env = { ...process.env, DATABASE_URL: postgres.url, SUPERUSER_URL: superuser(postgres.url), STORAGE_DIR: path.join(data, "storage"), DATA_DIR: data, AUTH_SECRET, JOBS_SECRET, STORAGE_SECRET, LOG_LEVEL: "error" };
    await bundle(["migrate", "bench-world"]);
    await step("Preparing an empty database", () => runOnce("migrate", env));
    note(`Making the world ${name}:`);
    return await runLoader([name, String(SEED), dir], env);
  } finally {
    await end(running, "SIGINT", 600_000);
    // Loading did not wait for the disk; what says that the world is whole must not be there before it.
    spawnSync("sync");
  }
}

/** @param {string} url of the application's role; in the embedded Postgres the superuser has the same password */
export const superuser = (url) => url.replace("//heliograph:", "//postgres:");

function runLoader(args, env) {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(root, "dist/bench-world.mjs"), args, { cwd: root, env, execArgv: ["--enable-source-maps"] });
    const stop = () => child.kill("SIGTERM");
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);
    let made;
    let trouble;
    child.on("message", (message) => (message.trouble ? (trouble = message.trouble) : (made = message)));
    child.on("exit", (code) => (made && code === 0 ? resolve(made) : reject(new Trouble(trouble ?? "The world was not made."))));
  });
}
