#!/usr/bin/env node
// Checks the layout of the code: which part may import which, and what only one place may do.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { breaches } from "./lib/import-rules.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const FOLDERS = ["app", "components", "db", "e2e", "bench", "lib", "scripts"];

const files = FOLDERS.filter((folder) => fs.existsSync(path.join(root, folder))).flatMap((folder) =>
  fs.readdirSync(path.join(root, folder), { recursive: true })
    .map((name) => `${folder}/${String(name).split(path.sep).join("/")}`)
    .filter((file) => /\.tsx?$/.test(file)),
);
const lines = files.flatMap((file) => breaches(file, fs.readFileSync(path.join(root, file), "utf8")).map((sentence) => `${file} ${sentence}`));
for (const line of lines) process.stderr.write(`${line}\n`);
process.stdout.write(`${files.length} files follow the layout${lines.length ? `, except for ${lines.length} breaches` : ""}.\n`);
process.exit(lines.length ? 1 : 0);
