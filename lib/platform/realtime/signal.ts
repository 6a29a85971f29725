import { atTheEnd } from "@/lib/platform/process/endings";
import { publish } from "./bus";
import { isPrompt, nameOf, type Signal, subjectOf } from "./signals";
import { Throttle } from "./throttle";

/** Of one subject a process says at once that it changed, and then at most once in so many ms. */
const GAP_MS = 1_000;

const throttle = new Throttle<Signal>(GAP_MS, nameOf, (signals) => signals.forEach((one) => send(one)));
const sending = new Set<Promise<void>>();

function send(what: Signal): void {
  const sent = publish(what).finally(() => sending.delete(sent));
  sending.add(sent);
}

atTheEnd(async () => {
  throttle.flush();
  await Promise.all(sending);
});

/** Tells all processes that something changed, after it was committed. Never throws, and nobody waits for it: a hint, which may also be told twice. */
export function signal(what: Signal): void {
  if (isPrompt(what)) send(what);
  else throttle.add(subjectOf(what), what);
}
