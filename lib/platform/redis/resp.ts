import { createHash } from "node:crypto";
import { Redis as Connection } from "iovalkey";
import type { Requester, UpstashRequest, UpstashResponse } from "@upstash/redis";
import { log } from "@/lib/platform/log";
import { Breaker, RedisAwayError } from "./breaker";

/** How long an answer may take. Redis answers in well under a millisecond; what takes longer is better had from Postgres. */
export const COMMAND_TIMEOUT_MS = 300;
/** How long the very first command waits for the connection. */
const FIRST_CONNECT_MS = 1_000;

/** Our own event of the connection: commands may be sent. */
const USABLE = "usable";

type Command = (string | number)[];

/** Upstash's own flag at the head of some scripts; any other Redis refuses it. */
const UPSTASH_HEAD = /^#!lua flags=allow-key-locking[^\n]*/;
const sha1 = (text: string) => createHash("sha1").update(text).digest("hex");

/**
 * Any Redis or Valkey behind the `@upstash/redis` client: takes its requests and speaks RESP. Nothing is queued while
 * the connection is down (a caller has a fallback and must not wait); the connection comes back by itself.
 */
export class RespRequester implements Requester {
  readonly breaker = new Breaker();
  readonly #connection: Connection;
  readonly #shas = new Map<string, string>();
  /** The connected server's run, null while there is no connection; known before any command of ours is sent. */
  #run: string | null = null;
  #firstConnect: Promise<void> | null = null;
  #wasReady = false;

  /** @param node the address by which the log names a node of a cluster */
  constructor(url: string, node?: string) {
    this.#connection = new Connection(url, {
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      connectTimeout: 2_000,
      commandTimeout: COMMAND_TIMEOUT_MS,
      keepAlive: 10_000,
      retryStrategy: (times) => Math.min(1_000, 50 * 2 ** Math.min(times, 5)),
    });
    this.#connection.on("ready", () => void this.#greet());
    this.#connection.on("close", () => (this.#run = null));
    let said = 0;
    this.#connection.on("error", (error) => {
      if (Date.now() - said > 30_000) log().warn({ node, err: { message: error.message } }, node ? "a Redis node is away; carrying on without its keys" : "Redis is away; carrying on without it");
      said = Date.now();
    });
  }

  /** Which run of which server this is; a server restarted from an old snapshot is another one. Fails when it is away. */
  async epoch(): Promise<string> {
    if (this.#run === null) await this.breaker.run(() => this.#connected());
    if (this.#run === null) throw new RedisAwayError("Redis is away");
    return this.#run;
  }

  /** The same, of what is known; null while there is no connection. */
  get run(): string | null {
    return this.#run;
  }

  async #greet(): Promise<void> {
    // A server that keeps INFO to itself is taken as one that never restarts.
    const info = await this.#connection.info("server").catch((error: Error) => (error.name === "ReplyError" ? "" : null));
    if (info === null) return this.#connection.disconnect(true);
    this.#run = /run_id:(\w{10})/.exec(info)?.[1] ?? "0";
    this.#wasReady = true;
    this.#connection.emit(USABLE);
  }

  async request<T>({ path, body }: UpstashRequest): Promise<UpstashResponse<T>> {
    const kind = path?.[0];
    return this.breaker.run(async () => {
      await this.#connected();
      if (kind === "pipeline" || kind === "multi-exec") return (await this.#batch(kind, body as Command[])) as UpstashResponse<T>;
      return this.#one<T>(body as Command);
    });
  }

  /** Connects, before the first command; resolves at once when there is a connection. */
  async #connected(): Promise<void> {
    if (this.#run !== null) return;
    if (this.#wasReady) throw new RedisAwayError("Redis is away");
    this.#firstConnect ??= this.#connectFirst().finally(() => (this.#firstConnect = null));
    await this.#firstConnect;
  }

  async #connectFirst(): Promise<void> {
    if (this.#connection.status === "wait") this.#connection.connect().catch(() => {});
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => done(new RedisAwayError("Redis does not answer")), FIRST_CONNECT_MS);
      const ready = () => done();
      const closed = () => done(new RedisAwayError("Redis is away"));
      const done = (error?: Error) => {
        clearTimeout(timer);
        this.#connection.off(USABLE, ready).off("close", closed);
        if (error) reject(error);
        else resolve();
      };
      this.#connection.once(USABLE, ready).once("close", closed);
    });
  }

  async #one<T>(command: Command): Promise<UpstashResponse<T>> {
    const [name, ...args] = this.#prepare(command);
    try {
      return { result: ((await this.#connection.call(name!, ...args)) ?? null) as T };
    } catch (error) {
      // What Redis itself refuses (NOSCRIPT, WRONGTYPE) is an answer, not an outage.
      if ((error as Error).name === "ReplyError") return { error: (error as Error).message };
      throw error;
    }
  }

  async #batch(kind: "pipeline" | "multi-exec", commands: Command[]): Promise<unknown> {
    const batch = kind === "pipeline" ? this.#connection.pipeline() : this.#connection.multi();
    for (const command of commands) {
      const [name, ...args] = this.#prepare(command);
      batch.call(name!, ...args);
    }
    const results = (await batch.exec()) ?? [];
    const outage = results.find(([error]) => error && error.name !== "ReplyError")?.[0];
    if (outage) throw outage;
    return results.map(([error, result]) => (error ? { error: error.message } : { result: result ?? null }));
  }

  /** Names in upper case keep the connection from reshaping replies (HGETALL must stay a flat list). */
  #prepare(command: Command): string[] {
    const [name, first, ...rest] = command.map(String);
    const upper = name!.toUpperCase();
    if (first === undefined) return [upper];
    if (upper.startsWith("EVALSHA")) return [upper, this.#shas.get(first) ?? first, ...rest];
    if (upper.startsWith("EVAL") && UPSTASH_HEAD.test(first)) {
      const script = first.replace(UPSTASH_HEAD, "");
      this.#shas.set(sha1(first), sha1(script));
      return [upper, script, ...rest];
    }
    return [upper, first, ...rest];
  }

  disconnect(): void {
    this.#connection.disconnect();
  }
}
