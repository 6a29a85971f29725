import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ms, type Line } from "./report";
import { SIZES } from "./world/sizes";

/** What was measured in a world, by section; measuring a section again replaces it. */
export type Results = { world: string; sections: Record<string, { at: string; lines: Line[] }> };

const fileOf = (folder: string, world: string) => join(folder, `results-${world}.json`);

export function readResults(folder: string, world: string): Results {
  const file = fileOf(folder, world);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Results) : { world, sections: {} };
}

export function keepResults(folder: string, world: string, section: string, lines: Line[]): void {
  mkdirSync(folder, { recursive: true });
  const results = readResults(folder, world);
  results.sections[section] = { at: new Date().toISOString(), lines };
  writeFileSync(fileOf(folder, world), `${JSON.stringify(results, null, 1)}\n`);
}

/** The same work has the same name in all worlds, but for what is said in brackets or counted in it. */
const nameOf = ({ work, lanes }: Line): string => `${work.replace(/ \(.*?\)/g, "").replace(/ of an author with .*/, "")} | ${lanes}`;

/**
 * How each figure grew from world to world, as a Markdown table: p50 and p95 in each, and the p95 of the largest as a multiple of the smallest's.
 * Worlds that were not measured are left out.
 */
export function growth(folder: string): string {
  const all = Object.keys(SIZES).map((world) => readResults(folder, world)).filter(({ sections }) => Object.keys(sections).length > 0);
  if (all.length === 0) return "Nothing has been measured yet: npm run bench -- --world 10k";
  const linesOf = ({ sections }: Results) => Object.values(sections).flatMap(({ lines }) => lines);
  const names = [...new Set(all.flatMap((results) => linesOf(results).map(nameOf)))];
  const head = `| work | conn. | ${all.map(({ world }) => `${world}: p50 / p95 ms`).join(" | ")} | p50 grew | p95 grew |\n|${"---|".repeat(all.length + 4)}`;
  return [head, ...names.map((name) => {
    const found = all.map((results) => linesOf(results).find((line) => nameOf(line) === name)?.measured);
    const [first, last] = [found[0], found.at(-1)];
    const grew = (of: "p50" | "p95") => (first && last && all.length > 1 ? `${(last[of] / first[of]).toFixed(2)}×` : "");
    return `| ${[name, ...found.map((measured) => (measured ? `${ms(measured.p50)} / ${ms(measured.p95)}` : "")), grew("p50"), grew("p95")].join(" | ")} |`;
  })].join("\n");
}
