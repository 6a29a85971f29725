import { fromPage } from "@/lib/platform/viewer/person-header";

/** Why something did not arrive; `canRetry` when another try may work. */
export class SendError extends Error {
  readonly status: number | null;
  readonly fields: Record<string, string>;
  /** Of a conflict: what is there now. */
  readonly current: unknown;
  constructor(message: string, readonly canRetry: boolean, answer: { status?: number; fields?: Record<string, string>; current?: unknown } = {}) {
    super(message);
    this.status = answer.status ?? null;
    this.fields = answer.fields ?? {};
    this.current = answer.current;
  }
}

const ATTEMPTS = 4;
/** Longest pause between two attempts, ms. */
const MAX_PAUSE = 15_000;
/** What stands still for so long is not coming any more, ms. */
export const STALLED_AFTER = 30_000;
export const LOST = "The connection was lost.";
const NO_ANSWER = "The server did not answer. Try again.";

/** Repeats what may work another time, with growing pauses. Gives up at once when the device is offline: it goes on when that ends. */
export async function insist<T>(signal: AbortSignal | undefined, work: () => Promise<T>, attempts = ATTEMPTS): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      const failure = error instanceof SendError ? error : new SendError(LOST, true);
      if (!failure.canRetry || failure.status === 429 || failure.status === 401 || attempt === attempts || !navigator.onLine) throw failure;
      await pause(Math.min(MAX_PAUSE, 250 * 2 ** attempt), signal);
    }
  }
}

type AskOptions = { signal?: AbortSignal; method?: "GET" | "POST" | "PUT" | "PATCH"; headers?: Record<string, string> };

/** A call of our own API; errors bear the server's words. */
export async function ask<T>(path: string, body: object | null, { signal, method = "POST", headers }: AskOptions = {}): Promise<T> {
  const patience = AbortSignal.timeout(STALLED_AFTER);
  const response = await fetch(path, {
    method, body: body && JSON.stringify(body), headers: { ...fromPage(), ...(body ? { "content-type": "application/json" } : {}), ...headers }, signal: signal ? AbortSignal.any([signal, patience]) : patience,
  }).catch(() => {
    signal?.throwIfAborted();
    throw new SendError(LOST, true);
  });
  const answer = await response.json().catch(() => null);
  if (response.ok && answer) return answer as T;
  const { status } = response;
  const message = status === 401 ? "You are no longer logged in. Log in again in another tab, then try again." : (answer?.error?.message ?? NO_ANSWER);
  // What is wrong with the file or the words stays wrong.
  throw new SendError(message, ![400, 403, 404, 409, 413, 415, 422].includes(status), { status, fields: answer?.error?.fields, current: answer?.error?.current });
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => (clearTimeout(timer), reject(signal.reason)), { once: true });
  });
}
