#!/usr/bin/env node
import { bootstrap } from "./lib/bootstrap.mjs";
import { fail } from "./lib/trouble.mjs";

try {
  if (await bootstrap()) {
    const { testEverything } = await import("./lib/test-run.mjs");
    process.exit(await testEverything(process.argv.slice(2)));
  }
} catch (error) {
  fail(error);
}
