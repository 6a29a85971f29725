import type { MessageView } from "@/lib/messages/types";
import type { Outgoing } from "./outgoing";
import { sendMessage } from "./send-message";

/** Pauses after attempts that failed for now, ms: doubled each time. */
const PAUSE_MS = [800, 10_000] as const;

/** What waits, as the device has it. */
export type Waiting = {
  /** The oldest of a conversation that waits. */
  first: (threadId: string) => Outgoing | undefined;
  find: (clientId: string) => Outgoing | undefined;
  /** As the device has it by now: another tab may have sent or added some. */
  reload: () => Promise<void>;
  replace: (entry: Outgoing) => Promise<void>;
  discard: (clientId: string) => Promise<void>;
  confirm: (entry: Outgoing, message: MessageView) => Promise<void>;
  /** How much of its files has arrived, 0..1; null when they are not on their way any more. */
  progress: (clientId: string, share: number | null) => void;
};

/** Sends what waits: of each conversation one tab (a Web Lock), one message after another, until all has gone or the rest has to wait. */
export class Delivery {
  #sending = new Map<string, { clientId: string; stop: AbortController }>();
  #draining = new Set<string>();
  #failures = new Map<string, number>();
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Conversations whose writer is not logged in here. */
  #held = new Set<string>();

  constructor(private readonly userId: string, private readonly waiting: Waiting) {}

  /** By client id what is on its way now. */
  get active(): ReadonlySet<string> {
    return new Set([...this.#sending.values()].map(({ clientId }) => clientId));
  }

  stop(clientId: string): void {
    for (const { clientId: active, stop } of this.#sending.values()) if (active === clientId) stop.abort();
  }

  /** Somebody has just asked for it. */
  begin(threadId: string): Promise<void> {
    this.#held.delete(threadId);
    return this.#drain(threadId);
  }

  /** The network is back, or somebody looks again: nothing waits for its time. */
  hurry(threadIds: Iterable<string>): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#held.clear();
    for (const threadId of threadIds) void this.#drain(threadId);
  }

  async #drain(threadId: string): Promise<void> {
    if (this.#draining.has(threadId) || this.#timers.has(threadId) || this.#held.has(threadId) || !this.waiting.first(threadId)) return;
    this.#draining.add(threadId);
    try {
      await locked(`heliograph-outbox-${this.userId}-${threadId}`, () => this.#sendAll(threadId));
    } finally {
      this.#draining.delete(threadId);
    }
    // Written in the moment in which the last one was done.
    await this.#drain(threadId);
  }

  async #sendAll(threadId: string): Promise<void> {
    await this.waiting.reload();
    for (let next = this.waiting.first(threadId); next; next = this.waiting.first(threadId)) {
      if (!(await this.#send(next))) return;
    }
  }

  /** False when the rest has to wait, too. */
  async #send(entry: Outgoing): Promise<boolean> {
    const { clientId, threadId } = entry;
    const stop = new AbortController();
    this.#sending.set(threadId, { clientId, stop });
    const attempt = await sendMessage(entry, { signal: stop.signal, onProgress: (share) => this.waiting.progress(clientId, share), onChanged: this.waiting.replace });
    if (attempt.kind === "sent") {
      this.#failures.delete(threadId);
      await this.waiting.confirm(entry, attempt.message);
      this.#end(threadId, clientId);
      return true;
    }
    this.#end(threadId, clientId);
    if (stop.signal.aborted) return true;
    if (attempt.kind === "gone") return this.waiting.discard(clientId).then(() => true);
    const now = this.waiting.find(clientId) ?? entry;
    if (attempt.kind === "refused") {
      await this.waiting.replace({ ...now, state: "failed", reason: attempt.reason });
      return true;
    }
    if (attempt.kind === "held") {
      // Who is logged out does not come back by waiting: the next page, or a look at this one, tries again.
      this.#held.add(threadId);
      await this.waiting.replace({ ...now, reason: attempt.reason });
      return false;
    }
    if (now.reason) await this.waiting.replace({ ...now, reason: null });
    this.#tryLater(threadId);
    return false;
  }

  #tryLater(threadId: string): void {
    const failures = (this.#failures.get(threadId) ?? 0) + 1;
    this.#failures.set(threadId, failures);
    this.#timers.set(threadId, setTimeout(() => (this.#timers.delete(threadId), void this.#drain(threadId)), Math.min(PAUSE_MS[1], PAUSE_MS[0] * 2 ** (failures - 1))));
  }

  #end(threadId: string, clientId: string): void {
    this.#sending.delete(threadId);
    this.waiting.progress(clientId, null);
  }
}

/** Without locks (no secure address) each tab sends by itself; the message's name makes it be there once all the same. */
function locked(name: string, work: () => Promise<void>): Promise<void> {
  return "locks" in navigator ? navigator.locks.request(name, work).then(() => undefined) : work();
}
