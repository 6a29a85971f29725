import { end, tail, sizeOf } from "./process.mjs";
import { note } from "./say.mjs";
import { causeIn, sentence, Trouble } from "./trouble.mjs";

const CALM_AFTER = 60_000;
const MAX_CRASHES = 5;

/**
 * Keeps programs running: one that ends by itself is started again, sooner at first and later after each crash, with a
 * sentence; after five crashes within a minute of each other everything is ended with the cause.
 * A service is `{name, log, stopSignal, start(): Promise<{child, ended}>}`.
 */
export function supervisor() {
  const kept = [];
  let stopping = false;
  let giveUp = (_error) => {};
  const gaveUp = new Promise((resolve) => (giveUp = resolve));

  async function keep(service) {
    const entry = { service, running: null, crashes: 0 };
    kept.push(entry);
    await begin(entry);
  }

  async function begin(entry) {
    const from = sizeOf(entry.service.log);
    const running = await entry.service.start();
    const began = Date.now();
    entry.running = running;
    if (stopping) return end(running, entry.service.stopSignal);
    running.ended.then((how) => !stopping && entry.running === running && crashed(entry, how, began, from));
  }

  async function crashed(entry, how, began, from) {
    entry.running = null;
    entry.crashes = Date.now() - began > CALM_AFTER ? 1 : entry.crashes + 1;
    const { name, log } = entry.service;
    const cause = causeIn(log ? tail(log, from) : "", name) ?? `${name} ended unexpectedly (${how.signal ?? `code ${how.code}`})`;
    if (entry.crashes > MAX_CRASHES) {
      return giveUp(new Trouble(`${cause}. It was started ${MAX_CRASHES} times in vain; the reason is in ${log ?? "the lines above"}.`));
    }
    const wait = Math.min(250 * 2 ** (entry.crashes - 1), 8000);
    note(`${cause}; starting it again${wait >= 1000 ? ` in ${wait / 1000} s` : ""}.`);
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (stopping) return;
    await begin(entry).catch((error) => crashedAtStart(entry, error));
  }

  async function crashedAtStart(entry, error) {
    if (entry.crashes >= MAX_CRASHES) return giveUp(error);
    note(`${sentence(error)}.`);
    await crashed(entry, { code: 1, signal: null }, Date.now(), sizeOf(entry.service.log));
  }

  /** Ends everything, last started first, each with the signal it wants. */
  async function stop() {
    stopping = true;
    for (const { service, running } of kept.reverse()) if (running) await end(running, service.stopSignal, service.patience);
  }

  return { keep, stop, gaveUp };
}
