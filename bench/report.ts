import type { Measured } from "./load";

/** One line of the table; the ratios say how much slower (ms) than the floor, and how much of its rate (req/s). */
export type Line = { work: string; lanes: number; measured: Measured; floor?: { name: string; measured: Measured } };

export const ms = (value: number): string => value.toFixed(value < 10 ? 2 : 1);
export const rate = (value: number): string => Math.round(value).toLocaleString("en");

/** The lines as a Markdown table, ready for `bench/README.md`. Processor time is that of the app + Postgres + Redis. */
export function table(lines: readonly Line[]): string {
  const head = "| work | conn. | p50 ms | p95 ms | p99 ms | per second | SQL per request | CPU ms per request | floor | floor p50 ms | floor per second | ratio p50 | ratio rate |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|";
  return [head, ...lines.map(row)].join("\n");
}

function row({ work, lanes, measured, floor }: Line): string {
  const { cost } = measured;
  const spent = cost ? [cost.statements.toFixed(1), `${cost.cpu.app.toFixed(2)} + ${cost.cpu.postgres.toFixed(2)} + ${cost.cpu.redis.toFixed(2)}`] : ["", ""];
  const own = [`${work}${measured.failures ? ` (${measured.failures} failed)` : ""}`, lanes, ms(measured.p50), ms(measured.p95), ms(measured.p99), rate(measured.perSecond), ...spent];
  // What fails is swift, and no measure of anything.
  if (floor && floor.measured.failures > 0) throw new Error(`The floor "${floor.name}" failed ${floor.measured.failures} times.`);
  if (!floor) return `| ${[...own, "", "", "", "", ""].join(" | ")} |`;
  const beside = [floor.name, ms(floor.measured.p50), rate(floor.measured.perSecond), `${(measured.p50 / floor.measured.p50).toFixed(1)}×`, `${((measured.perSecond / floor.measured.perSecond) * 100).toFixed(0)} %`];
  return `| ${[...own, ...beside].join(" | ")} |`;
}
