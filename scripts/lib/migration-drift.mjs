import fs from "node:fs";
import path from "node:path";
import { root } from "./bootstrap.mjs";
import { run } from "./debian-package.mjs";
import { note } from "./say.mjs";

/** True when generating migrations from the schema into a copy of the folder brings nothing new. */
export async function migrationDrift() {
  const copy = path.join(root, "test-results/migrations");
  fs.rmSync(copy, { recursive: true, force: true });
  fs.cpSync(path.join(root, "db/migrations"), copy, { recursive: true });
  const before = fs.readdirSync(copy).length;
  const args = ["node_modules/drizzle-kit/bin.cjs", "generate", "--dialect", "postgresql", "--schema", "./db/schema/index.ts", "--out", "./test-results/migrations", "--name", "drift"];
  const { code, output } = await run(process.execPath, args, { cwd: root, timeout: 60_000 });
  const added = fs.readdirSync(copy).filter((file) => file.endsWith("_drift.sql"));
  for (const file of added) note(`The schema has changed without a migration (npm run db:generate):\n${fs.readFileSync(path.join(copy, file), "utf8")}`);
  if (code !== 0) note(output.trim());
  const clean = code === 0 && added.length === 0 && fs.readdirSync(copy).length === before;
  if (clean) fs.rmSync(copy, { recursive: true, force: true });
  return clean;
}
