import { bareRoute, type Floor } from "../floors";
import { load, type Next } from "../load";
import type { Meter } from "../meter";
import type { Line } from "../report";

export const url = () => process.env.TRIAL_URL!;
export const LANES = [1, 8, 32];

/** `round`: after so many calls they come again; all are made once before anything is measured, since from a cold disk it would be that which is. */
export type Work = { work: string; call: Next; floor?: (lanes: number) => Promise<Floor>; lanes?: readonly number[]; base?: string; round?: number };

/** One piece of work at each number of connections, beside its floor. */
export async function atEachLane(meter: Meter, { work, call, floor = bareRoute, lanes = LANES, base = url(), round }: Work): Promise<Line[]> {
  const lines: Line[] = [];
  if (round) await load(base, 8, { count: round, isCold: true }, call);
  for (const n of lanes) {
    await meter.settled();
    const beside = await floor(n);
    lines.push({ work, lanes: n, measured: await load(base, n, { meter }, call), floor: beside });
  }
  return lines;
}
