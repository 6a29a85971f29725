#!/usr/bin/env node
import { bootstrap } from "./lib/bootstrap.mjs";
import { step } from "./lib/say.mjs";
import { fail } from "./lib/trouble.mjs";

try {
  if (await bootstrap()) {
    const { build } = await import("./lib/build.mjs");
    let output = "";
    await step("Building", async () => {
      output = await build();
    });
    process.stdout.write(`${output}\n`);
    const { printFirstLoad } = await import("./lib/first-load.mjs");
    printFirstLoad();
    process.exit(0);
  }
} catch (error) {
  fail(error);
}
