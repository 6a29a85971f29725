import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { Trouble } from "./trouble.mjs";

const MAKERS = {
  id: () => randomBytes(6).toString("hex"),
  AUTH_SECRET: () => randomBytes(32).toString("base64url"),
  JOBS_SECRET: () => randomBytes(32).toString("base64url"),
  STORAGE_SECRET: () => randomBytes(32).toString("base64url"),
  postgres: () => randomBytes(18).toString("base64url"),
  redis: () => randomBytes(18).toString("base64url"),
};

/** Reads the secrets of this data folder, making those that are missing. Only the owner may read the file. @param {string} data */
export function secretsOf(data) {
  const file = path.join(data, "secrets.json");
  let kept = {};
  if (fs.existsSync(file)) {
    try {
      kept = JSON.parse(fs.readFileSync(file, "utf8"));
    } catch {
      throw new Trouble(`${file} is damaged. Restore it from a backup; without it the database cannot be opened.`);
    }
  }
  const missing = Object.keys(MAKERS).filter((name) => !kept[name]);
  if (missing.length === 0) return kept;
  for (const name of missing) kept[name] = MAKERS[name]();
  writePrivate(file, kept);
  return kept;
}

/** Replaces a file in one step, readable by its owner only. @param {string} file @param {unknown} value */
export function writePrivate(file, value) {
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  fs.renameSync(draft, file);
}
