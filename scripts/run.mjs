#!/usr/bin/env node
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { bootstrap, root } from "./lib/bootstrap.mjs";
import { fail, Trouble } from "./lib/trouble.mjs";

try {
  if (await bootstrap()) await runProgram(...process.argv.slice(2));
} catch (error) {
  fail(error);
}

/** Bundles and runs `scripts/<name>.ts`, with the services of the running `npm start` unless others are configured. */
async function runProgram(name, ...args) {
  if (!name || !existsSync(path.join(root, `scripts/${name}.ts`))) throw new Trouble(`There is no program scripts/${name ?? "…"}.ts.`);
  const { bundle } = await import("./lib/bundle.mjs");
  const { environmentOfRun } = await import("./lib/environment.mjs");
  Object.assign(process.env, environmentOfRun());
  await bundle([name]);
  const file = path.join(root, `dist/${name}.mjs`);
  process.argv = [process.argv[0], file, ...args];
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(file).href);
}
