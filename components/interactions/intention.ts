import type { Outcome } from "./request";

/** A switch that lives on the server (liked or not, saved or not), with the count it moves, if any. */
export type Setting = { on: boolean; count: number | null };

type Answer = { like_count?: number | null };
type Send = (on: boolean) => Promise<Outcome<Answer>>;
type Show = (setting: Setting, confirmedAt: number | null) => void;

type Run = { wanted: boolean };

const runs = new Map<string, Run>();

/**
 * Shows the wanted setting at once and sends it. Requests for one key never overlap: what is wanted meanwhile is
 * remembered, and the last intention wins. When the server cannot be reached or refuses, the last confirmed setting is
 * shown again and `failed` is told why.
 */
export async function intend(key: string, now: Setting, on: boolean, { send, show, failed }: { send: Send; show: Show; failed: (message: string) => void }): Promise<void> {
  show({ on, count: moved(now, on) }, null);
  const running = runs.get(key);
  if (running) {
    running.wanted = on;
    return;
  }
  const run: Run = { wanted: on };
  runs.set(key, run);
  let confirmed: Setting = now;
  let at: number | null = null;
  let problem: string | null = null;
  while (run.wanted !== confirmed.on && problem === null) {
    const target = run.wanted;
    const outcome = await send(target);
    if (outcome.ok) {
      confirmed = { on: target, count: outcome.data?.like_count === undefined ? moved(confirmed, target) : outcome.data.like_count };
      at = outcome.at;
    } else problem = outcome.message;
  }
  runs.delete(key);
  show(confirmed, at ?? Date.now());
  if (problem !== null) failed(problem);
}

/** The count after the switch was put to `on`. */
function moved({ on: before, count }: Setting, on: boolean): number | null {
  return count === null || before === on ? count : Math.max(0, count + (on ? 1 : -1));
}
