import type { MessageView } from "@/lib/messages/types";
import { Delivery } from "./delivery";
import { dropOutgoing, keepOutgoing, noteWaiting, readOutbox } from "./outbox-storage";
import type { Outgoing } from "./outgoing";

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
  #delivery: Delivery;
  #channel: BroadcastChannel | null;
  #recent = new Map<string, Outgoing>();

  constructor(private readonly userId: string) {
    this.#delivery = new Delivery(userId, {
      first: (threadId) => this.#entries.find((entry) => entry.threadId === threadId && entry.state === "waiting"),
      find: (clientId) => this.#entries.find((entry) => entry.clientId === clientId),
      reload: () => this.#reload(),
      replace: (entry) => this.#replace(entry),
      discard: (clientId) => this.discard(clientId),
      confirm: (entry, message) => this.#sent(entry, message),
      progress: (clientId, share) => this.#setProgress(clientId, share),
    });
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
    await this.#delivery.begin(message.threadId);
  }

  async retry(clientId: string): Promise<void> {
    const entry = this.#entries.find((one) => one.clientId === clientId);
    if (!entry) return;
    // What the server has of its files it may have swept since then; what it still has it knows by its bytes.
    await this.#replace({ ...entry, files: entry.files.map((file) => ({ ...file, mediaId: null })), voice: entry.voice && { ...entry.voice, mediaId: null }, state: "waiting", reason: null });
    await this.#delivery.begin(entry.threadId);
  }

  /** Takes a message back before it was sent. What is at the server already comes back by itself. */
  async discard(clientId: string): Promise<void> {
    this.#entries = this.#entries.filter((entry) => entry.clientId !== clientId);
    this.#delivery.stop(clientId);
    this.#changed();
    await dropOutgoing(this.userId, clientId);
    this.#say({ kind: "changed" });
  }

  /** The network is back, or somebody looks again. */
  hurry(): void {
    this.#delivery.hurry(new Set(this.#entries.map(({ threadId }) => threadId)));
  }

  async #sent(entry: Outgoing, message: MessageView): Promise<void> {
    // Before others are told: who reads anew then must not find it.
    await dropOutgoing(this.userId, entry.clientId);
    this.#confirm(entry.clientId, message);
    this.#say({ kind: "sent", clientId: entry.clientId, message });
  }

  #setProgress(clientId: string, share: number | null): void {
    if (share !== null) this.#progress.set(clientId, share);
    else if (!this.#progress.delete(clientId)) return;
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
    const { active } = this.#delivery;
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

let current: { userId: string; outbox: Outbox } | undefined;

/** The one outbox of the signed-in person in this tab. From effects and handlers only. */
export function outboxOf(userId: string): Outbox {
  if (current?.userId !== userId) current = { userId, outbox: new Outbox(userId) };
  return current.outbox;
}
