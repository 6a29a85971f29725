import type { PgBoss } from "pg-boss";
import { log } from "@/lib/platform/log";
import type { Courier, Delivery, Lease } from "./courier";
import type { JobDefinition } from "./define";
import type { Leases } from "./leases";

/** Finished jobs are marked so together; the first waits this long for company. */
const GATHER_MS = 2;

type Ground = {
  boss: PgBoss;
  leases: Leases;
  courier: Courier;
  /** Takes places in the whole worker, as many as are free up to `wanted`. */
  take: (wanted: number) => number;
  giveBack: (places: number) => void;
  /** Called when this lane may have more to do. */
  poke: () => void;
  /** Called when no app server took a job, or one was lost on the way. */
  appLost: () => void;
};

/** The jobs of one queue that this worker holds. Each queue has its own, so that slow jobs hold up only their own kind. */
export class Lane {
  readonly #running = new Map<string, Lease>();
  #finished: Lease[] = [];
  #fetching = false;
  #flushing: Promise<void> | null = null;
  /** Whether the queue had at least as much as was asked for. */
  #hasMore = false;

  constructor(
    readonly job: JobDefinition,
    private readonly places: number,
    private readonly ground: Ground,
  ) {}

  get isIdle(): boolean {
    return this.#running.size === 0 && this.#finished.length === 0 && this.#flushing === null;
  }

  /** Leases as many jobs as there is room for and sends them off. */
  async fill(): Promise<void> {
    if (this.#fetching) return;
    const taken = this.ground.take(this.places - this.#running.size);
    if (taken === 0) return;
    this.#fetching = true;
    let fetched: Lease[] = [];
    try {
      fetched = await this.ground.leases.take(this.job.name, taken);
    } finally {
      this.#fetching = false;
      this.ground.giveBack(taken - fetched.length);
    }
    this.#hasMore = fetched.length === taken;
    for (const lease of fetched) void this.#run(lease);
  }

  /** Signs of life for what is running. */
  async touch(): Promise<void> {
    if (this.#running.size > 0) await this.ground.boss.touch(this.job.name, [...this.#running.values()]);
  }

  async #run(lease: Lease): Promise<void> {
    this.#running.set(lease.id, lease);
    const delivery = await this.ground.courier.deliver(this.job, lease);
    this.#running.delete(lease.id);
    this.ground.giveBack(1);
    if (delivery.kind === "done") this.#finish(lease);
    else await this.#record(lease, delivery).catch((error: Error) => log().warn({ job: this.job.name, job_id: lease.id, err: { message: error.message } }, "the end of a job was not recorded; it will run again"));
    // With half the places free a fetch is worth its round trip.
    if (this.#hasMore && this.#running.size <= this.places / 2) this.ground.poke();
  }

  async #record(lease: Lease, delivery: Delivery): Promise<void> {
    const { message } = delivery;
    if (delivery.kind === "unreachable" || delivery.kind === "not_now") {
      log().info({ job: this.job.name, job_id: lease.id, reason: message }, "a job waits");
      if (delivery.kind === "unreachable") this.ground.appLost();
      return this.ground.leases.putBack(this.job.name, lease);
    }
    if (delivery.kind === "permanent") return this.ground.leases.bury(this.job.name, lease, message ?? "");
    if (/ECONNRESET|socket hang up/.test(message ?? "")) this.ground.appLost();
    await this.ground.boss.fail(this.job.name, lease as { id: string; retryCount: number }, { message: message ?? "" });
  }

  #finish(lease: Lease): void {
    this.#finished.push(lease);
    this.#flushing ??= new Promise((resolve) => setTimeout(resolve, GATHER_MS)).then(() => this.#flush());
  }

  async #flush(): Promise<void> {
    const done = this.#finished;
    this.#finished = [];
    try {
      await this.ground.leases.complete(this.job.name, done);
      this.#flushing = null;
      if (this.#finished.length > 0) this.#flushing = this.#flush();
    } catch (error) {
      // Postgres is away. What is not recorded in time will run again, which jobs bear; so trying on is enough.
      log().debug({ job: this.job.name, err: error }, "finished jobs not recorded yet");
      this.#finished.unshift(...done);
      this.#flushing = new Promise((resolve) => setTimeout(resolve, 500)).then(() => this.#flush());
    }
  }
}
