import { closeDatabase } from "@/db/client";
import { table } from "../bench/report";
import { sections } from "../bench/sections";
import { makeWorld, WORLD } from "../bench/world";

/** Run by scripts/bench.mjs against a server of its own. Arguments name the sections; none means all. */
const wanted = process.argv.slice(2);
const say = (text: string) => process.stdout.write(`${text}\n`);

say(`World: ${WORLD.people.toLocaleString("en")} people, ${WORLD.posts.toLocaleString("en")} posts, ${WORLD.follows.toLocaleString("en")} follows.`);
const seconds = await makeWorld();
say(seconds ? `Generated in ${seconds.toFixed(0)} s.` : "Already there.");
for (const [name, measure] of Object.entries(sections)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  say(`· ${name}`);
  say(`\n${table(await measure())}\n`);
}
await closeDatabase();
process.exit(0);
