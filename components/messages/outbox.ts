import type { MessageView } from "@/lib/messages/types";
import { dropOutgoing, keepOutgoing, noteWaiting, readOutbox } from "./outbox-storage";
import type { Outgoing } from "./outgoing";
import { sendMessage } from "./send-message";

/** Pauses after attempts that failed for now, ms: doubled each time. */
const PAUSE_MS = [800, 10_000] as const;
/** Nobody needs the bytes of what was sent any longer, ms, also where nobody looks at it. */
const RECENT_MS = 600_000;

type Word = { kind: "changed" } | { kind: "sent"; clientId: string; message: MessageView };
type Sent = (clientId: string, message: MessageView) => void;

const NONE: readonly Outgoing[] = [];

/**
 * What a person has written and the server has not confirmed. It lives outside React and in all tabs alike: what waits goes on while one reads elsewhere, after a
 * reload, and in another tab; of each conversation one tab sends (a Web Lock), one message after another.
 */
export class Outbox {
  #entries: Outgoing[] = [];
  #kept = new Set<string>();
  #byThread = new Map<string, readonly Outgoing[]>();
  #progress = new Map<string, number>();
  #listeners = new Set<() => void>();
  #sentListeners = new Set<Sent>();
  #sending = new Map<string, { clientId: string; stop: AbortController }>();
  #draining = new Set<string>();
  #failures = new Map<string, number>();
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Conversations whose writer is not logged in here. */
  #held = new Set<string>();
  #channel: BroadcastChannel | null;
  #recent = new Map<string, Outgoing>();

  constructor(private readonly userId: string) {
    this.#channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(`heliograph-outbox-${userId}`) : null;
    if (this.#channel) this.#channel.onmessage = ({ data }: MessageEvent<Word>) => (data.kind === "sent" ? this.#confirm(data.clientId, data.message) : void this.#reload());
    window.addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.hurry());
    void this.#reload().then(() => (this.hurry(), noteWaiting(userId)));
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  onSent(listener: Sent): () => void {
    this.#sentListeners.add(listener);
    return () => void this.#sentListeners.delete(listener);
  }

  /** What waits in a conversation, the oldest first; the same array until it changes. */
  of = (threadId: string): readonly Outgoing[] => {
    const known = this.#byThread.get(threadId);
    if (known) return known;
    const list = this.#entries.filter((entry) => entry.threadId === threadId);
    this.#byThread.set(threadId, list.length > 0 ? list : NONE);
    return this.#byThread.get(threadId)!;
  };

  /** How much of its files has arrived, 0..1; null when they are not on their way in this tab. */
  progressOf = (clientId: string): number | null => this.#progress.get(clientId) ?? null;

  /** The device has it, so that it goes also when every page is closed. */
  isKept = (clientId: string): boolean => this.#kept.has(clientId);

  /** Of one just sent what the device has of it, until the server has prepared its files. */
  ownOf({ client_id: clientId, media, voice }: MessageView): Outgoing | null {
    const own = clientId === null ? undefined : this.#recent.get(clientId);
    if (own && media.every(({ state }) => state === "ready" || state === "failed") && (!voice || voice.state !== "processing")) this.#recent.delete(own.clientId);
    return (clientId !== null && this.#recent.get(clientId)) || null;
  }

  async add(message: Outgoing): Promise<void> {
    this.#entries.push(message);
    this.#changed();
    await this.#keep(message);
    this.#held.delete(message.threadId);
    await this.#drain(message.threadId);
  }

  async retry(clientId: string): Promise<void> {
    const entry = this.#entries.find((one) => one.clientId === clientId);
    if (!entry) return;
    // What the server has of its files it may have swept since then; what it still has it knows by its bytes.
    await this.#replace({ ...entry, files: entry.files.map((file) => ({ ...file, mediaId: null })), voice: entry.voice && { ...entry.voice, mediaId: null }, state: "waiting", reason: null });
    this.#held.delete(entry.threadId);
    await this.#drain(entry.threadId);
  }

  /** Takes a message back before it was sent. What is at the server already comes back by itself. */
  async discard(clientId: string): Promise<void> {
    this.#entries = this.#entries.filter((entry) => entry.clientId !== clientId);
    for (const { clientId: active, stop } of this.#sending.values()) if (active === clientId) stop.abort();
    this.#changed();
    await dropOutgoing(this.userId, clientId);
    this.#say({ kind: "changed" });
  }

  /** The network is back, or somebody looks again. */
  hurry(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#held.clear();
    for (const threadId of new Set(this.#entries.map((entry) => entry.threadId))) void this.#drain(threadId);
  }

  #first = (threadId: string) => this.#entries.find((entry) => entry.threadId === threadId && entry.state === "waiting");

  async #drain(threadId: string): Promise<void> {
    if (this.#draining.has(threadId) || this.#timers.has(threadId) || this.#held.has(threadId) || !this.#first(threadId)) return;
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
    // Another tab may have sent or added some while it had the lock.
    await this.#reload();
    for (let next = this.#first(threadId); next; next = this.#first(threadId)) {
      if (!(await this.#send(next))) return;
    }
  }

  /** False when the rest has to wait, too. */
  async #send(entry: Outgoing): Promise<boolean> {
    const { clientId, threadId } = entry;
    const stop = new AbortController();
    this.#sending.set(threadId, { clientId, stop });
    const attempt = await sendMessage(entry, { signal: stop.signal, onProgress: (share) => this.#setProgress(clientId, share), onChanged: (now) => this.#replace(now) });
    if (attempt.kind === "sent") {
      this.#failures.delete(threadId);
      // Before others are told: who reads anew then must not find it.
      await dropOutgoing(this.userId, clientId);
      this.#end(threadId, clientId);
      this.#confirm(clientId, attempt.message);
      this.#say({ kind: "sent", clientId, message: attempt.message });
      return true;
    }
    this.#end(threadId, clientId);
    if (stop.signal.aborted) return true;
    if (attempt.kind === "gone") return this.discard(clientId).then(() => true);
    const now = this.#entries.find((one) => one.clientId === clientId) ?? entry;
    if (attempt.kind === "refused") {
      await this.#replace({ ...now, state: "failed", reason: attempt.reason });
      return true;
    }
    if (attempt.kind === "held") {
      // Who is logged out does not come back by waiting: the next page, or a look at this one, tries again.
      this.#held.add(threadId);
      await this.#replace({ ...now, reason: attempt.reason });
      return false;
    }
    if (now.reason) await this.#replace({ ...now, reason: null });
    const failures = (this.#failures.get(threadId) ?? 0) + 1;
    this.#failures.set(threadId, failures);
    this.#timers.set(threadId, setTimeout(() => (this.#timers.delete(threadId), void this.#drain(threadId)), Math.min(PAUSE_MS[1], PAUSE_MS[0] * 2 ** (failures - 1))));
    return false;
  }

  #end(threadId: string, clientId: string): void {
    this.#sending.delete(threadId);
    this.#progress.delete(clientId);
  }

  #setProgress(clientId: string, share: number): void {
    this.#progress.set(clientId, share);
    this.#listeners.forEach((listener) => listener());
  }

  #confirm(clientId: string, message: MessageView): void {
    const entry = this.#entries.find((one) => one.clientId === clientId);
    if (entry && (entry.files.length > 0 || entry.voice)) {
      this.#recent.set(clientId, entry);
      setTimeout(() => this.#recent.delete(clientId), RECENT_MS);
    }
    this.#entries = this.#entries.filter((one) => one.clientId !== clientId);
    // First the message, so that it never is missing for a moment.
    this.#sentListeners.forEach((listener) => listener(clientId, message));
    this.#changed();
  }

  async #replace(entry: Outgoing): Promise<void> {
    if (!this.#entries.some((one) => one.clientId === entry.clientId)) return;
    this.#entries = this.#entries.map((one) => (one.clientId === entry.clientId ? entry : one));
    this.#changed();
    await this.#keep(entry);
  }

  async #keep(entry: Outgoing): Promise<void> {
    if (!(await keepOutgoing(this.userId, entry))) return;
    // Taken back, or sent by another tab, in this moment.
    if (!this.#entries.some((one) => one.clientId === entry.clientId)) return dropOutgoing(this.userId, entry.clientId);
    this.#kept.add(entry.clientId);
    this.#listeners.forEach((listener) => listener());
    this.#say({ kind: "changed" });
  }

  /** What the device has is what counts, besides what could not be kept on it. */
  async #reload(): Promise<void> {
    const stored = await readOutbox(this.userId);
    if (!stored) return;
    const known = new Set(stored.map(({ clientId }) => clientId));
    const active = new Set([...this.#sending.values()].map(({ clientId }) => clientId));
    const unkept = this.#entries.filter(({ clientId }) => !known.has(clientId) && (active.has(clientId) || !this.#kept.has(clientId)));
    for (const { clientId } of stored) this.#kept.add(clientId);
    this.#entries = [...stored, ...unkept].sort((a, b) => a.at - b.at);
    this.#changed();
  }

  #changed(): void {
    this.#byThread.clear();
    this.#listeners.forEach((listener) => listener());
  }

  #say(word: Word): void {
    this.#channel?.postMessage(word);
  }
}

/** Without locks (no secure address) each tab sends by itself; the message's name makes it be there once all the same. */
function locked(name: string, work: () => Promise<void>): Promise<void> {
  return "locks" in navigator ? navigator.locks.request(name, work).then(() => undefined) : work();
}

let current: { userId: string; outbox: Outbox } | undefined;

/** The one outbox of the signed-in person in this tab. From effects and handlers only. */
export function outboxOf(userId: string): Outbox {
  if (current?.userId !== userId) current = { userId, outbox: new Outbox(userId) };
  return current.outbox;
}
