import { run } from "../bench/run";

/** Run by scripts/bench.mjs against a server of its own. Arguments name the sections. */
process.exit(await run(process.argv.slice(2)));
