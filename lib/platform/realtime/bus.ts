import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { sqlClient } from "@/db/client";
import { log } from "@/lib/platform/log";
import { isConnectable } from "@/lib/platform/redis/redis";
import { History } from "./history";
import { LogReader, writeToLog } from "./redis-log";
import { isPassing, readSignal, type Signal } from "./signals";

/** Channel by which signals go when Redis does not take them. */
const CHANNEL = "heliograph_signals";
const FIRST_MS = 1_500;
const AGAIN_MS = 500;
/** How often it is tried whether the connection that listens hears anything: when it is lost for long, nobody says so. */
const TRY_MS = 10_000;

/** Tells every process; by Redis, else by Postgres. Never throws. */
export async function publish(signal: Signal): Promise<void> {
  const text = JSON.stringify(signal);
  try {
    if (!(await writeToLog(text))) await sqlClient().notify(CHANNEL, text);
  } catch (error) {
    log().debug({ err: error }, "a signal was not sent");
  }
}

type Listener = { heard: (signal: Signal) => void; gap: () => void };

/** Hears what all processes tell, and remembers it for a while. */
export class Ear {
  readonly history = new History();
  readonly #reader: LogReader | null;
  #listening: { unlisten: () => Promise<void> } | null = null;
  readonly #ready: Promise<unknown>;
  readonly #words = new Map<string, () => void>();
  #isEnded = false;

  constructor(private readonly listener: Listener) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#reader = !isConnectable() ? null : new LogReader({
      heard: (text) => this.#hear(text),
      began: (past, since) => {
        this.history.beginAt(since);
        for (const { text, at } of past) this.#remember(text, at);
        resolve();
      },
      gap: () => this.#miss(),
    });
    if (this.#reader) void this.#reader.run();
    else resolve();
    const listening = Promise.withResolvers<void>();
    this.#ready = Promise.all([promise, listening.promise]);
    void this.#keepListening(listening.resolve);
  }

  /** Resolves when both ways are open, or after a while without: streams do not wait for what is away. */
  async ready(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([this.#ready, new Promise((resolve) => (timer = setTimeout(resolve, FIRST_MS)))]);
    clearTimeout(timer);
  }

  /** Up to when everything was heard, ms. */
  get upTo(): number {
    return this.#reader?.upTo ?? Date.now();
  }

  async #keepListening(begun: () => void): Promise<void> {
    let isAgain = false;
    // Again after each lost connection, when whoever spoke in between was not heard.
    const opened = () => (isAgain ? this.#miss() : void (isAgain = true));
    while (!this.#isEnded) {
      this.#listening = await sqlClient().listen(CHANNEL, (text) => this.#hear(text), opened).catch(() => null);
      if (this.#listening) begun();
      else await pause(AGAIN_MS, undefined, { ref: false });
      while (this.#listening && !this.#isEnded && (await this.#hearsItself())) await pause(TRY_MS, undefined, { ref: false });
      await this.#listening?.unlisten().catch(() => {});
    }
  }

  async #hearsItself(): Promise<boolean> {
    const word = randomUUID();
    const heard = new Promise<true>((resolve) => this.#words.set(word, () => resolve(true)));
    const said = sqlClient().notify(CHANNEL, word).then(() => pause(FIRST_MS, false as const, { ref: false }), () => false as const);
    return Promise.race([heard, said]).finally(() => this.#words.delete(word));
  }

  #hear(text: string): void {
    this.#words.get(text)?.();
    const signal = this.#remember(text, Date.now());
    if (signal) this.listener.heard(signal);
  }

  #remember(text: string, at: number): Signal | null {
    const signal = readSignal(text);
    if (signal && !isPassing(signal)) this.history.add(signal, at);
    return signal;
  }

  #miss(): void {
    this.history.beginAt(Date.now());
    this.listener.gap();
  }

  async end(): Promise<void> {
    this.#isEnded = true;
    this.#reader?.end();
    await this.#listening?.unlisten().catch(() => {});
  }
}
