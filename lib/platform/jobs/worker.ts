import { setTimeout as sleep } from "node:timers/promises";
import type { PgBoss } from "pg-boss";
import { sqlClient } from "@/db/client";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { openBoss } from "./boss";
import { Courier } from "./courier";
import type { JobDefinition } from "./define";
import { Lane } from "./lane";
import { Leases, listDueQueues, TOUCH_SECONDS } from "./leases";
import { bringInStep } from "./migrate";
import { WAKE_CHANNEL } from "./wake";

/** How often queues are looked at without a hint. */
const POLL_MS = 500;
/** How long a worker that is asked to end waits for the jobs it holds; the rest run elsewhere when their leases lapse. */
const END_MS = 10_000;
/** Of pg-boss; leases go by two of our own (db/client.ts). */
const CONNECTIONS = 2;

type Options = { jobs: readonly JobDefinition[]; signal: AbortSignal };

/**
 * Leases due jobs and has each run by an app server, until `signal` aborts. Bears the app, Postgres and other workers
 * coming and going. Resolves when what it held is done or put back.
 */
export async function runWorker({ jobs, signal }: Options): Promise<void> {
  const boss = await startBoss(jobs, signal);
  if (!boss) return;
  const worker = new Worker(boss, jobs, signal);
  await worker.run();
  await boss.stop({ graceful: false }).catch(() => {});
}

/** Waits until Postgres is there and migrated. */
async function startBoss(jobs: readonly JobDefinition[], signal: AbortSignal): Promise<PgBoss | null> {
  for (let said = false; !signal.aborted; said = true) {
    const boss = openBoss({ connections: CONNECTIONS, maintain: true });
    try {
      await boss.start();
      await bringInStep(boss, jobs);
      return boss;
    } catch (error) {
      if (!said) log().warn({ err: { message: (error as Error).message } }, "the job queue is not there yet; waiting");
      await boss.stop({ graceful: false }).catch(() => {});
      await sleep(1_000, undefined, { signal }).catch(() => {});
    }
  }
  return null;
}

class Worker {
  readonly #leases: Leases;
  readonly #courier = new Courier();
  readonly #lanes: Lane[];
  #free = Math.max(8, env().WORKER_CONCURRENCY * 4);
  #wake: () => void = () => {};
  #poked = false;
  #appLost = false;
  /** Aborted when nothing is held any more. */
  readonly #over = new AbortController();

  constructor(
    boss: PgBoss,
    jobs: readonly JobDefinition[],
    private readonly signal: AbortSignal,
  ) {
    const leases = new Leases(boss);
    this.#leases = leases;
    const ground = {
      boss,
      leases,
      courier: this.#courier,
      take: (wanted: number) => {
        const taken = Math.max(0, Math.min(wanted, this.#free));
        this.#free -= taken;
        return taken;
      },
      giveBack: (places: number) => void (this.#free += places),
      poke: () => this.#poke(),
      appLost: () => void (this.#appLost = true),
    };
    this.#lanes = jobs.map((job) => new Lane(job, job.concurrency ?? env().WORKER_CONCURRENCY, ground)).sort((a, b) => b.job.priority - a.job.priority);
  }

  async run(): Promise<void> {
    this.signal.addEventListener("abort", () => this.#poke(), { once: true });
    const listening = this.#listen();
    const keeping = this.#keepLeases();
    while (!this.signal.aborted) {
      if (this.#appLost) await this.#waitForApp();
      await this.#fillLanes().catch((error: Error) => {
        log().warn({ err: { message: error.message } }, "the job queue is away; waiting");
        return sleep(500);
      });
      await this.#nextPoke();
    }
    await this.#finish();
    await keeping;
    await (await listening)?.unlisten().catch(() => {});
    this.#courier.close();
  }

  async #fillLanes(): Promise<void> {
    const due = await listDueQueues(this.#lanes.map((lane) => lane.job.name));
    await Promise.all(this.#lanes.filter((lane) => due.has(lane.job.name)).map((lane) => lane.fill()));
  }

  #poke(): void {
    this.#poked = true;
    this.#wake();
  }

  async #nextPoke(): Promise<void> {
    if (!this.#poked && !this.signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, POLL_MS);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#poked = false;
  }

  async #waitForApp(): Promise<void> {
    log().warn("no app server answers; jobs wait");
    while (!this.signal.aborted && !(await this.#courier.isAppThere())) await sleep(250, undefined, { signal: this.signal }).catch(() => {});
    this.#appLost = false;
  }

  /** Hints of other processes; the connection comes back by itself. Polling goes on all the same. */
  async #listen() {
    while (!this.signal.aborted) {
      try {
        return await sqlClient().listen(WAKE_CHANNEL, () => this.#poke(), () => this.#poke());
      } catch {
        await sleep(1_000, undefined, { signal: this.signal }).catch(() => {});
      }
    }
    return null;
  }

  /** Keeps up the leases of what runs here, and takes away those of workers that are gone. */
  async #keepLeases(): Promise<void> {
    for (const { signal } = this.#over; !signal.aborted; ) {
      try {
        await Promise.all(this.#lanes.map((lane) => lane.touch()));
        if ((await this.#leases.reap()) > 0) this.#poke();
      } catch (error) {
        log().debug({ err: error }, "leases were not kept up");
      }
      await sleep(TOUCH_SECONDS * 1_000, undefined, { signal }).catch(() => {});
    }
  }

  async #finish(): Promise<void> {
    const deadline = Date.now() + END_MS;
    while (Date.now() < deadline && !this.#lanes.every((lane) => lane.isIdle)) await sleep(20);
    this.#over.abort();
  }
}
