import { env } from "@/lib/platform/env";
import { tooMany, unavailable } from "@/lib/platform/errors";
import { log } from "@/lib/platform/log";
import { Ear } from "./bus";
import { type EventKind, isPrompt, nameOf, type Signal, subjectOf } from "./signals";
import type { Stream } from "./stream";
import { Throttle } from "./throttle";

/** Open streams of one person in one process: tabs and devices. */
export const MAX_PER_PERSON = 20;
const BEAT_MS = 20_000;
/** How soon the stream of a session that ended is let go; nothing is told to it from the session's end on. */
const SESSIONS_MS = 3_000;
const GAP_MS = 1_000;
/** When all clients of a process are to load anew, they do so within this. */
const SPREAD_MS = 5_000;

/** An event for one of the streams. */
export type Told = { stream: Stream; data: object };
/** Says what is to be told of signals about one subject, and to which of the streams: only where the session lives and its person may have it. */
export type Teller = (signals: readonly Signal[], streams: readonly Stream[]) => Promise<Told[]>;
export type Tellers = {
  tell: Readonly<Record<EventKind, Teller>>;
  /** Those of the sessions that live. */
  living: (sessionIds: readonly string[]) => Promise<ReadonlySet<string>>;
};

/** The open streams of this process. */
export class Streams {
  readonly #all = new Set<Stream>();
  readonly #byTopic = new Map<string, Set<Stream>>();
  readonly #ear: Ear;
  readonly #throttle = new Throttle<Signal>(GAP_MS, nameOf, (signals, subject) => this.#tellInTurn(signals, subject));
  /** Of each subject the telling that is under way, and since when: what comes later of it waits, so that older numbers never come last. */
  readonly #telling = new Map<string, { done: Promise<void>; since: number }>();
  readonly #waiting = new Map<string, Signal[]>();
  readonly #timers: NodeJS.Timeout[];
  #isEnding = false;

  constructor(private readonly tellers: Tellers) {
    this.#ear = new Ear({ heard: (signal) => this.#heard(signal), gap: () => this.#reload() });
    this.#timers = [setInterval(() => this.#beat(), BEAT_MS).unref(), setInterval(() => void this.#lookForEnded(), SESSIONS_MS).unref()];
  }

  get size(): number {
    return this.#all.size;
  }

  /** Throws too_many, unavailable when there is no room for another. */
  demandRoom(viewerId: string): void {
    if (this.#isEnding) throw unavailable("The server is being restarted. Try again in a moment.");
    if (this.#all.size >= env().LIMIT_STREAMS) throw unavailable("There are too many open streams. Try again in a moment.");
    if ((this.#byTopic.get(`person:${viewerId}`)?.size ?? 0) >= MAX_PER_PERSON) throw tooMany(`${MAX_PER_PERSON} streams are open already. Close one first.`, 10);
  }

  ready(): Promise<void> {
    return this.#ear.ready();
  }

  /** Opens a stream; `from`: up to when the client knows everything, ms, null for one that begins. `isOnce`: it ends when what was missed is told. `forget` is to be called when it is closed. */
  open(stream: Stream, from: number | null, isOnce = false): { forget: () => void } {
    const topics = topicsOf(stream);
    this.#all.add(stream);
    for (const topic of topics) this.#watch(topic, stream);
    stream.begin();
    const missed = from === null ? [] : this.#ear.history.from(from);
    if (missed !== null && from !== null) stream.knows = from;
    stream.tell("open", { topics: stream.listening.postIds.map((id) => `post:${id}`) }, this.#upTo);
    if (missed === null) stream.tell("reload", { after_ms: 0 }, this.#upTo);
    void this.#catchUp(stream, missed ?? []).then(() => isOnce && stream.end());
    return { forget: () => this.#forget(stream, topics) };
  }

  #watch(topic: string, stream: Stream): void {
    const watching = this.#byTopic.get(topic);
    if (watching) watching.add(stream);
    else this.#byTopic.set(topic, new Set([stream]));
  }

  #forget(stream: Stream, topics: readonly string[]): void {
    this.#all.delete(stream);
    for (const topic of topics) {
      const watching = this.#byTopic.get(topic);
      watching?.delete(stream);
      if (watching?.size === 0) this.#byTopic.delete(topic);
    }
  }

  async #catchUp(stream: Stream, missed: readonly Signal[]): Promise<void> {
    const topics = new Set(topicsOf(stream));
    // Of conversations all at once: most of them are other people's.
    const subjects = Map.groupBy(missed.filter((signal) => topics.has(topicOf(signal))), (signal) => (signal.event === "message" ? signal.event : subjectOf(signal)));
    for (const signals of subjects.values()) await this.#tell(signals, [stream]);
    stream.knows = null;
    stream.mark(this.#upTo);
  }

  /** Up to when all that was heard has been told, ms. */
  get #upTo(): number {
    return Math.min(this.#ear.upTo, ...[...this.#telling.values()].map(({ since }) => since));
  }

  #heard(signal: Signal): void {
    if (this.#watchers(signal).size === 0) return;
    if (isPrompt(signal)) this.#tellAtOnce(signal);
    else this.#throttle.add(subjectOf(signal), signal);
  }

  /** Not held back; what comes of a subject while it is being told waits and is told together. */
  #tellAtOnce(signal: Signal): void {
    const subject = subjectOf(signal);
    const waiting = this.#waiting.get(subject);
    if (waiting) return void waiting.push(signal);
    if (!this.#telling.has(subject)) return this.#tellInTurn([signal], subject);
    const together = [signal];
    this.#waiting.set(subject, together);
    void this.#telling.get(subject)!.done.finally(() => {
      this.#waiting.delete(subject);
      this.#tellInTurn(together, subject);
    });
  }

  #watchers(signal: Signal): ReadonlySet<Stream> {
    return this.#byTopic.get(topicOf(signal)) ?? NOBODY;
  }

  #tellInTurn(signals: readonly Signal[], subject: string): void {
    const before = this.#telling.get(subject);
    const turn = { since: before?.since ?? Date.now(), done: Promise.resolve() };
    turn.done = (before?.done ?? turn.done).then(() => this.#tell(signals, [...this.#watchers(signals[0]!)])).finally(() => {
      if (this.#telling.get(subject) === turn) this.#telling.delete(subject);
    });
    this.#telling.set(subject, turn);
  }

  async #tell(signals: readonly Signal[], streams: readonly Stream[]): Promise<void> {
    const { event } = signals[0]!;
    if (streams.length === 0) return;
    try {
      const told = await this.tellers.tell[event](signals, streams);
      const upTo = this.#upTo;
      for (const { stream, data } of told) stream.tell(event, data, upTo);
    } catch (error) {
      // What could not be asked is not known to these streams: their clients ask again themselves.
      log().warn({ err: error }, "what changed could not be told");
      this.#reload(streams);
    }
  }

  #reload(streams: Iterable<Stream> = this.#all): void {
    const upTo = this.#upTo;
    for (const stream of streams) stream.tell("reload", { after_ms: Math.round(Math.random() * SPREAD_MS) }, upTo);
  }

  #beat(): void {
    const upTo = this.#upTo;
    for (const stream of this.#all) stream.beat(upTo);
  }

  async #lookForEnded(): Promise<void> {
    // Not those that are opened while it is asked: of their sessions nothing was asked.
    const asked = [...this.#all];
    if (asked.length === 0) return;
    const living = await this.tellers.living([...new Set(asked.map(({ listening }) => listening.sessionId))]).catch(() => null);
    if (!living) return;
    const upTo = this.#upTo;
    for (const stream of asked) {
      if (living.has(stream.listening.sessionId)) continue;
      // So that the client does not come again.
      stream.tell("signed_out", {}, upTo);
      stream.end();
    }
  }

  /** Ends all streams in good order and opens no more. */
  endAll(): void {
    this.#isEnding = true;
    for (const timer of this.#timers) clearInterval(timer);
    for (const stream of this.#all) stream.end();
    void this.#ear.end();
  }
}

const NOBODY: ReadonlySet<Stream> = new Set();
const EVERYBODY = "everybody";
const topicsOf = ({ listening: { viewerId, postIds } }: Stream): string[] => [EVERYBODY, `person:${viewerId}`, ...postIds.map((id) => `post:${id}`)];

function topicOf({ event, id }: Signal): string {
  // Who is in a conversation is asked when it is told.
  if (event === "feed" || event === "message" || event === "typing") return EVERYBODY;
  return event === "notification" ? `person:${id}` : `post:${id}`;
}
