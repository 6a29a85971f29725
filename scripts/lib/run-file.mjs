import fs from "node:fs";
import path from "node:path";
import { runs } from "./process.mjs";
import { writePrivate } from "./secrets.mjs";
import { Trouble } from "./trouble.mjs";

const fileIn = (data) => path.join(data, "run.json");

/** What the running `npm start` of this data folder told about itself, or null. @param {string} data */
export function readRun(data) {
  let facts;
  try {
    facts = JSON.parse(fs.readFileSync(fileIn(data), "utf8"));
  } catch {
    return null; // none runs, or it is being written
  }
  return facts.pid && runs(facts.pid, "start.mjs") ? facts : null;
}

/** Two supervisors of one data folder would fight over the same database. @param {string} data */
export function assertNotRunning(data) {
  const running = readRun(data);
  if (running && running.pid !== process.pid) throw new Trouble(`Heliograph already runs with this data (process ${running.pid}, ${running.url ?? "just starting"}). Stop it first, or set DATA_DIR and PORT to start another.`);
}

/** @param {string} data @param {Record<string, unknown>} facts */
export function writeRun(data, facts) {
  writePrivate(fileIn(data), { pid: process.pid, startedAt: new Date().toISOString(), ...facts });
}

/** @param {string} data */
export function removeRun(data) {
  fs.rmSync(fileIn(data), { force: true });
}
