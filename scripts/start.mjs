#!/usr/bin/env node
import { bootstrap } from "./lib/bootstrap.mjs";
import { title } from "./lib/say.mjs";
import { fail } from "./lib/trouble.mjs";

try {
  if (!process.env.HELIOGRAPH_INNER) title("Heliograph");
  if (await bootstrap()) {
    const { start } = await import("./lib/start.mjs");
    await start(process.argv.slice(2));
  }
} catch (error) {
  fail(error);
}
