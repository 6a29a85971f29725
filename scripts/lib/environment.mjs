import fs from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";
import { root } from "./bootstrap.mjs";
import { dataDir } from "./places.mjs";
import { readRun } from "./run-file.mjs";
import { secretsOf } from "./secrets.mjs";
import { Trouble } from "./trouble.mjs";

/** Adds what `.env` in the project's folder says, where the environment does not say it already. */
export function readDotEnv() {
  if (process.env.HELIOGRAPH_NO_ENV_FILE) return; // the browser tests bring everything themselves
  const file = path.join(root, ".env");
  if (!fs.existsSync(file)) return;
  for (const [name, value] of Object.entries(parseEnv(fs.readFileSync(file, "utf8")))) process.env[name] ??= value;
}

/**
 * The environment of a program beside the server: that of the running `npm start`, or, when DATABASE_URL names a database
 * elsewhere, the secrets of this data folder. What is set from outside wins.
 */
export function environmentOfRun() {
  readDotEnv();
  const data = dataDir();
  const known = readRun(data)?.env ?? (process.env.DATABASE_URL ? secretsIn(data) : null);
  if (!known) throw new Trouble("Heliograph is not running here. Start it with `npm start` in another terminal, or set DATABASE_URL.");
  return { ...known, ...process.env };
}

function secretsIn(data) {
  if (!fs.existsSync(path.join(data, "secrets.json"))) return {};
  const { AUTH_SECRET, JOBS_SECRET, STORAGE_SECRET } = secretsOf(data);
  return { AUTH_SECRET, JOBS_SECRET, STORAGE_SECRET, DATA_DIR: data, STORAGE_DIR: path.join(data, "storage") };
}
