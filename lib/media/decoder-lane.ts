import { type ChildProcess, fork } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import type { Variant } from "@/db/schema/media";
import { env } from "@/lib/platform/env";
import { residentMemory } from "@/lib/platform/process/resident-memory";
import { inSpareTime, keepOneFree, LEAST, processorTime, yieldAsSession, yieldTo } from "@/lib/platform/process/spare-time";
import { bundleForDevelopment } from "./decoder-bundle";
import type { Kind } from "./decoding-time";
import type { Avatar, DeriveInput, Essential, Rest, WidthInput } from "./derive";
import type { FileFacts } from "./facts";
import { MediaProblem, type ProblemCode } from "./problems";
import { turnstiles } from "./video/run";
import { lend, servant, takeBack } from "./servant";

export type Results = { essential: Essential; avatar: Avatar; rest: Rest; width: Variant; source: Variant; facts: FileFacts };
export type Input<K extends Kind> = K extends "width" ? WidthInput : DeriveInput;

export type DeriveOrder = { id: number; kind: Kind; input: DeriveInput };
/** `rss` is what memory the child has taken, in bytes. */
export type DeriveAnswer = { id: number; rss: number } & ({ ok: true; result: Results[Kind] } | { ok: false; problem: ProblemCode | null; message: string });

/** The decoder died, hung or could not write: the same picture is worth another try. */
export class DecoderFailedError extends Error {
  override name = "DecoderFailedError";
}

/** A busy machine may have no spare time for long. Who got less than this share of a processor since then is given ordinary time for a while. */
const PATIENCE = { first: 1_000, background: 5_000, share: 0.25, ordinaryFor: 60_000 };
/** A child that has grown beyond this (a HEIC of 50 megapixels) is not kept: it would not give the memory back. */
const MAX_KEPT_RSS = 450_000_000;
/**
 * A child that holds more than this while it works is ended, and the picture refused: half as much again as the most that
 * our own bounds let a decoder take (1 GB, HEIC and JPEG XL). Looked at so often that it can't go far beyond.
 */
const MEMORY = { most: 1_500_000_000, lookEveryMs: 50 };
/** Niceness of the whole session of a child in ordinary time: it gets on also where the machine is never idle. */
const ORDINARY = { first: 0, background: 5 };
/** When so many more wait, it is a burst: from then on a processor is left to those who read. */
const BURST = 2;
/** How long an idle child is kept: the first for the next photo's sake, the other only for those already waiting. */
const IDLE_MS = { first: 60_000, background: 10_000 };
const MAX_WAITING = 64;

type Task = { kind: Kind; input: DeriveInput; /** ms */ limit: number; resolve: (result: never) => void; reject: (error: Error) => void };

/** One child process that derives one picture after another, started when needed and let go when idle. */
export class Lane {
  #child: ChildProcess | undefined;
  #starting: Promise<ChildProcess> | undefined;
  #waiting: Task[] = [];
  #busy = false;
  #idle: NodeJS.Timeout | undefined;
  #serial = 0;
  #isOrdinaryUntil = 0;
  #childIsOrdinary = false;
  #keepsOneFree = false;

  /** @param background yields also to other decoders where there is no spare time, and is not kept long; `mostMemory` in bytes */
  constructor(readonly background: boolean, private readonly mostMemory = MEMORY.most) {}

  /** As `derive`; `limit` in ms. */
  run<K extends Kind>(kind: K, input: DeriveInput, limit: number): Promise<Results[K]> {
    if (this.#waiting.length >= MAX_WAITING) return Promise.reject(new DecoderFailedError("too many pictures are waiting"));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ kind, input, limit, resolve, reject });
      void this.#next();
    });
  }

  /** Starts the child ahead of the first picture. */
  async warm(): Promise<void> {
    await this.#start();
    this.#rest();
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async #next(): Promise<void> {
    const task = this.#busy ? undefined : this.#waiting.shift();
    if (!task) return;
    this.#busy = true;
    clearTimeout(this.#idle);
    try {
      await lend(task.input.dir);
      task.resolve((await this.#performInTime(task).finally(() => takeBack(task.input.dir))) as never);
    } catch (error) {
      task.reject(error instanceof MediaProblem || error instanceof DecoderFailedError ? error : new DecoderFailedError((error as Error).message, { cause: error }));
    }
    this.#busy = false;
    this.#rest();
    void this.#next();
  }

  /** In spare time; where there is none, the child is put away and the work done in ordinary time. */
  async #performInTime(task: Task): Promise<Results[Kind]> {
    if (this.#child && this.#childIsOrdinary !== this.#isOrdinary && inSpareTime(process.execPath)) this.#letGo(this.#child);
    const child = await this.#startWithRoom();
    if (this.#childIsOrdinary || !child.pid) return this.#perform(child, task);
    const { pid } = child;
    let [isStarved, had] = [false, processorTime(pid)];
    const patience = this.background ? PATIENCE.background : PATIENCE.first;
    const watch = setInterval(() => {
      const before = had;
      had = processorTime(pid);
      if (had - before >= patience * PATIENCE.share) return;
      isStarved = true;
      this.#isOrdinaryUntil = Date.now() + PATIENCE.ordinaryFor;
      this.#letGo(child);
    }, patience);
    return this.#perform(child, task)
      .catch(async (error) => (isStarved && error instanceof DecoderFailedError ? this.#perform(await this.#startWithRoom(), task) : Promise.reject(error)))
      .finally(() => clearInterval(watch));
  }

  async #startWithRoom(): Promise<ChildProcess> {
    const child = await this.#start();
    const on = this.background || this.#waiting.length >= BURST;
    if (child.pid && on !== this.#keepsOneFree) keepOneFree(child.pid, (this.#keepsOneFree = on));
    return child;
  }

  /** ffmpeg has ordinary time, of the lowest priority: while it works there is none to spare, and photos go before it. */
  get #isOrdinary(): boolean {
    return Date.now() < this.#isOrdinaryUntil || turnstiles().transcode.isBusy;
  }

  #perform(child: ChildProcess, { kind, input, limit: allowed }: Task): Promise<Results[Kind]> {
    const id = ++this.#serial;
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        clearTimeout(limit);
        clearInterval(watch);
        child.off("message", onMessage).off("exit", onExit);
        settle();
      };
      const onMessage = (answer: DeriveAnswer) => {
        if (answer.id !== id) return;
        if (answer.rss > MAX_KEPT_RSS) this.#letGo(child);
        if (answer.ok) finish(() => resolve(answer.result));
        else finish(() => reject(answer.problem ? new MediaProblem(answer.problem, { cause: answer.message }) : new DecoderFailedError(answer.message)));
      };
      const onExit = (code: number | null, signal: string | null) => finish(() => reject(new DecoderFailedError(`decoder ended (${signal ?? code})`)));
      const limit = setTimeout(() => child.kill("SIGKILL"), allowed);
      const watch = setInterval(() => {
        if (!child.pid || residentMemory(child.pid) <= this.mostMemory) return;
        this.#letGo(child);
        finish(() => reject(new MediaProblem("too_many_pixels", { cause: `it took more than ${this.mostMemory / 1e6} MB` })));
      }, MEMORY.lookEveryMs);
      child.on("message", onMessage).on("exit", onExit);
      child.send({ id, kind, input } satisfies DeriveOrder, (error) => error && finish(() => reject(new DecoderFailedError("decoder is gone", { cause: error }))));
    });
  }

  #start(): Promise<ChildProcess> {
    if (this.#child?.connected && this.#child.exitCode === null && this.#child.signalCode === null) return Promise.resolve(this.#child);
    this.#starting ??= this.#fork().finally(() => (this.#starting = undefined));
    return this.#starting;
  }

  async #fork(): Promise<ChildProcess> {
    await bundleForDevelopment();
    // No secrets of the app reach it; two arenas keep glibc from hoarding what libvips frees.
    const childEnv = { NODE_ENV: env().NODE_ENV, MALLOC_ARENA_MAX: "2" };
    const spare = this.#isOrdinary ? null : inSpareTime(process.execPath);
    this.#childIsOrdinary = !spare;
    const how = spare ? { execPath: spare.program, execArgv: spare.args } : { execArgv: [] };
    // It reads its own program as root, which may lie where nobody else may look, and steps down before it sees a picture.
    const account = servant();
    const child = fork(/* turbopackIgnore: true */ join(process.cwd(), "dist/media-worker.mjs"), account ? [String(account.uid), String(account.gid)] : [], { ...how, detached: true, env: childEnv, serialization: "json", stdio: ["ignore", "ignore", "inherit", "ipc"] });
    child.on("error", () => {});
    child.once("exit", () => this.#child === child && (this.#child = undefined));
    const niceness = this.background ? LEAST : constants.priority.PRIORITY_BELOW_NORMAL;
    if (child.pid) {
      yieldTo(child.pid, niceness);
      yieldAsSession(child.pid, spare ? LEAST : this.background ? ORDINARY.background : ORDINARY.first);
    }
    // An idle decoder must not keep a script or test alive; a waiting promise's timer does.
    child.unref();
    child.channel?.unref();
    this.#child = child;
    this.#keepsOneFree = false;
    return child;
  }

  #letGo(child: ChildProcess): void {
    if (this.#child === child) this.#child = undefined;
    child.kill("SIGKILL");
  }

  #rest(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => !this.#busy && this.#child?.kill("SIGKILL"), this.background ? IDLE_MS.background : IDLE_MS.first).unref();
  }
}
