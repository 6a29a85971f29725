import fs from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";
import { root } from "./bootstrap.mjs";
import { dataDir } from "./places.mjs";
import { readRun } from "./run-file.mjs";
import { Trouble } from "./trouble.mjs";

/** Adds what `.env` in the project's folder says, where the environment does not say it already. */
export function readDotEnv() {
  if (process.env.HELIOGRAPH_NO_ENV_FILE) return; // the browser tests bring everything themselves
  const file = path.join(root, ".env");
  if (!fs.existsSync(file)) return;
  for (const [name, value] of Object.entries(parseEnv(fs.readFileSync(file, "utf8")))) process.env[name] ??= value;
}

/**
 * The environment of a program beside the server: everything from the outside when DATABASE_URL is set there, else that
 * of the running `npm start`.
 */
export function environmentOfRun() {
  readDotEnv();
  if (process.env.DATABASE_URL) return {};
  const running = readRun(dataDir());
  if (!running?.env) throw new Trouble("Heliograph is not running here. Start it with `npm start` in another terminal, or set DATABASE_URL.");
  return running.env;
}
