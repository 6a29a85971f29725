import { screensSoak } from "../bench/soak/screens";
import { soak } from "../bench/soak/soak";

/** Run by scripts/soak.mjs. */
const [what] = process.argv.slice(2);
process.exit((await (what === "screens" ? screensSoak() : soak(Number(what ?? 20)))) ? 0 : 1);
