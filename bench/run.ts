import { closeDatabase } from "@/db/client";
import { table } from "./report";
import { keepResults } from "./results";
import { PARTS, SIZED, UNSIZED } from "./sections";
import { SIZES } from "./world/sizes";

const say = (text: string) => process.stdout.write(`${text}\n`);
const whole = (count: number) => count.toLocaleString("en");

/** Measures the sections named (none: all that may grow with the world) against the server of this run, prints and keeps what was found. Returns the exit code. */
export async function run(wanted: readonly string[]): Promise<number> {
  const all = { ...SIZED, ...UNSIZED, ...PARTS };
  const unknown = wanted.filter((section) => !(section in all));
  if (unknown.length > 0) {
    say(`There is no section ${unknown.join(", ")}; there are ${Object.keys(all).join(", ")}.`);
    return 1;
  }
  const { name, people, posts, follows, likes } = SIZES[process.env.BENCH_WORLD!]!;
  say(`World ${name}: ${whole(people)} people, ${whole(posts)} posts, about ${whole(follows)} follows and ${whole(likes)} likes.`);
  for (const section of wanted.length > 0 ? wanted : Object.keys(SIZED)) {
    say(`· ${section}`);
    const lines = await all[section]!();
    if (!(section in PARTS)) keepResults(process.env.BENCH_RESULTS!, name, section, lines);
    say(`\n${table(lines)}\n`);
  }
  await closeDatabase();
  return 0;
}
