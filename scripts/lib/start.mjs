import os from "node:os";
import path from "node:path";
import { app, runOnce } from "./app-process.mjs";
import { onEnd, root } from "./bootstrap.mjs";
import { build, buildIsCurrent } from "./build.mjs";
import { bundle } from "./bundle.mjs";
import { readDotEnv } from "./environment.mjs";
import { ensureFfmpeg } from "./ffmpeg.mjs";
import { keepLogsShort } from "./logs.mjs";
import { mailNote } from "./mail.mjs";
import { dataDir, prepareDataDir } from "./places.mjs";
import { assertFree, lastingPort } from "./ports.mjs";
import { assertNotRunning, removeRun, writeRun } from "./run-file.mjs";
import { note, spell, step, title } from "./say.mjs";
import { secretsOf } from "./secrets.mjs";
import { startServices } from "./services.mjs";
import { supervisor } from "./supervisor.mjs";
import { sentence, Trouble } from "./trouble.mjs";

/** `npm start`: everything from an empty folder to one address; ends when it is asked to. @param {string[]} args */
export async function start(args) {
  const began = performance.now();
  const keeper = supervisor();
  const end = once((code) => close(keeper, code));
  onEnd(() => end(0));
  keeper.gaveUp.then((error) => endWith(error, end));
  try {
    readDotEnv();
    const options = { dev: args.includes("--dev"), demo: args.includes("--demo"), data: dataDir(), ...address(process.env) };
    await claim(options);
    const { env, dir } = await bringUp(options, keeper);
    announce(env.PUBLIC_URL, options.data, dir, performance.now() - began);
    void prepareVideos(options.data);
    void tellMail(env);
  } catch (error) {
    await endWith(error, end);
  }
}

function once(work) {
  let result;
  return (...args) => (result ??= work(...args));
}

async function endWith(error, end) {
  process.stderr.write(`\n✗ ${sentence(error)}\n`);
  if (process.env.HELIOGRAPH_DEBUG && error?.stack) process.stderr.write(`${error.stack}\n`);
  await end(1);
}

/** @param {NodeJS.ProcessEnv} env */
function address(env) {
  const port = Number(env.PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Trouble(`PORT must be a number from 1 to 65535, not "${env.PORT}".`);
  return { port, host: env.HOST || "0.0.0.0" };
}

let claimed = null;

/** The data folder and the port are ours from here on, or a sentence says whose they are. */
async function claim({ data, port, host }) {
  prepareDataDir(data);
  assertNotRunning(data);
  await assertFree(port, host);
  writeRun(data, {});
  claimed = data;
  keepLogsShort(path.join(data, "logs"));
}

async function bringUp(options, keeper) {
  const { data, dev, port } = options;
  const secrets = secretsOf(data);
  const services = await startServices({ data, secrets, env: process.env, supervise: keeper.keep });
  const env = environment(options, secrets, services.env);
  if (dev) await bundle(["serve", "worker", "migrate"]);
  else if (!buildIsCurrent()) await step("Building the app (again only after changes)", async () => void (await build()));
  await step("Preparing the database", () => runOnce("migrate", env));
  const back = dev || env.BACK_URL || !hasRoomForTwo() ? null : await backOf(env);
  await step("Starting the app", () => Promise.all([
    keeper.keep(app("serve", "The app", { env: { ...env, ...(back && { BACK_URL: back.APP_URL }) }, data, dev })),
    back && keeper.keep(app("serve", "The app’s back", { env: back, data, as: "back", niceness: 5 })),
  ]));
  await step("Starting the worker", () => keeper.keep(app("worker", "The worker", { env: process.env.APP_URL ? env : (back ?? env), data, dev })));
  writeRun(data, { url: env.PUBLIC_URL, port, env });
  if (options.demo) {
    await bundle(["demo"]);
    await runOnce("demo", env, { show: true });
  }
  return { env, dir: services.dir };
}

/** A second app process does the steps of posting, and the jobs (decisions/0048): where another processor can do it, and memory is not short. */
const hasRoomForTwo = () => os.availableParallelism() > 1 && Math.min(os.totalmem(), process.constrainedMemory() || Infinity) > 1.5 * 2 ** 30;

async function backOf(env) {
  const port = await lastingPort();
  return { ...env, PORT: String(port), HOST: "127.0.0.1", APP_URL: `http://127.0.0.1:${port}` };
}

function environment({ port, host, data, dev }, secrets, services) {
  const everywhere = ["0.0.0.0", "::", "localhost"].includes(host);
  const env = {
    PUBLIC_URL: `http://localhost:${port}`,
    APP_URL: `http://${everywhere ? "127.0.0.1" : host}:${port}`,
    AUTH_SECRET: secrets.AUTH_SECRET,
    JOBS_SECRET: secrets.JOBS_SECRET,
    STORAGE_SECRET: secrets.STORAGE_SECRET,
    ...services,
    ...given(process.env),
    PORT: String(port),
    HOST: host,
    DATA_DIR: data,
    NODE_ENV: dev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
  };
  // An address of this run handed down by npm would look like a setting to Next.
  for (const name of Object.keys(env)) if (/^npm_(lifecycle|package)_/.test(name)) delete env[name];
  return env;
}

const given = (env) => Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));

function announce(url, data, dir, ms) {
  title(`Heliograph is ready: ${url}`);
  note(`Started in ${spell(ms)}. Your data lies in ${shorten(data)}${dir === data ? "" : `, the database in ${dir}`}.`);
  note("Press Ctrl-C to end it.");
}

/** Beside everything else: until it is there, the app takes photos only and says so. */
async function prepareVideos(data) {
  const found = await ensureFfmpeg(data).catch(() => null);
  if (found?.fetched) note("ffmpeg has been fetched: videos can be posted now.");
  if (!found) note("No ffmpeg could be found or fetched: only photos can be posted. Install ffmpeg or set FFMPEG_PATH.");
}

async function tellMail(env) {
  const said = await mailNote(env).catch(() => null);
  if (said) note(said);
}

const shorten = (folder) => (folder.startsWith(`${root}${path.sep}`) ? `${path.relative(root, folder)}/ (${folder})` : folder);

async function close(keeper, code) {
  if (claimed) note("Ending …");
  await keeper.stop();
  if (claimed) removeRun(claimed);
  process.exit(code);
}
