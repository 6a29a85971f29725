import { soak } from "../bench/soak/soak";

/** Run by scripts/soak.mjs. */
const [minutes] = process.argv.slice(2);
process.exit((await soak(Number(minutes ?? 20))) ? 0 : 1);
