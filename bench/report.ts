import type { Measured } from "./load";

/** One line of the table; `ratio` says how much slower (ms) or how much of its rate (req/s) than the floor. */
export type Line = { work: string; lanes: number; measured: Measured; floor?: { name: string; measured: Measured } };

const ms = (value: number) => value.toFixed(value < 10 ? 2 : 1);
const rate = (value: number) => Math.round(value).toLocaleString("en");

/** The lines as a Markdown table, ready for `bench/README.md`. */
export function table(lines: Line[]): string {
  const head = "| work | connections | p50 ms | p95 ms | per second | floor | floor p50 ms | floor per second | ratio p50 | ratio rate |\n|---|---|---|---|---|---|---|---|---|---|";
  return [head, ...lines.map(row)].join("\n");
}

function row({ work, lanes, measured, floor }: Line): string {
  const own = [`${work}${measured.failures ? ` (${measured.failures} failed)` : ""}`, lanes, ms(measured.p50), ms(measured.p95), rate(measured.perSecond)];
  if (!floor) return `| ${[...own, "", "", "", "", ""].join(" | ")} |`;
  const beside = [floor.name, ms(floor.measured.p50), rate(floor.measured.perSecond), `${(measured.p50 / floor.measured.p50).toFixed(1)}×`, `${((measured.perSecond / floor.measured.perSecond) * 100).toFixed(0)} %`];
  return `| ${[...own, ...beside].join(" | ")} |`;
}
