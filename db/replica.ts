import type postgres from "postgres";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { closeReplica, readClient, replicaClient } from "./client";

/** How often both servers are asked where they are. */
const ASK_EVERY_MS = 400;
/** How long the replica may take for an answer that the primary can give as well. */
const PATIENCE_MS = 1_000;
const SAMPLES = 256;

/** A place in the write-ahead log, as Postgres writes it (`16/B374D848`), as a number. */
export function lsnOf(text: string): bigint {
  const [high, low] = text.split("/");
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}

type Place = { place: string; system: string; standby: boolean };

/**
 * What this process knows of the replica: how far it is, and since when it lacks nothing. That is measured against the primary's own log, not by
 * clocks: what the primary had written when it was asked at some moment, and the replica has applied, it is at most as old as that moment. Nothing known lately
 * counts as lagging, so a replica (or a primary) that does not answer leaves by itself, and comes back by itself.
 */
class ReplicaWatch {
  #samples: { at: number; place: bigint }[] = [];
  #applied = 0n;
  #wholeAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #wasUsable: boolean | null = null;
  #trouble = "";

  /** Whether the replica may be read, and has everything up to `after`. */
  has(after: bigint): boolean {
    this.#timer ??= this.#begin();
    return this.lagMs() <= env().REPLICA_MAX_LAG_SECONDS * 1_000 && this.#applied >= after;
  }

  /** How long ago the replica surely had everything; infinite when that is not known. */
  lagMs(): number {
    return this.#wholeAt === 0 ? Infinity : Date.now() - this.#wholeAt;
  }

  get trouble(): string {
    return this.#trouble;
  }

  /** It failed: not to be read until it has answered again. */
  leave(reason: string): void {
    this.#wholeAt = 0;
    this.#applied = 0n;
    this.#trouble = reason;
    this.#tell();
  }

  #begin(): NodeJS.Timeout {
    void this.ask();
    return setInterval(() => void this.ask(), ASK_EVERY_MS).unref();
  }

  #asking: Promise<void> | null = null;

  /** Asks both servers where they are; once at a time. */
  ask(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    return this.#asking;
  }

  async #ask(): Promise<void> {
    try {
      const at = Date.now();
      const primary = await placeOf(readClient());
      this.#samples.push({ at, place: lsnOf(primary.place) });
      if (this.#samples.length > SAMPLES) this.#samples.shift();
      const replica = await placeOf(replicaClient()!);
      if (replica.system !== primary.system) return this.leave("it is not a replica of the database of DATABASE_URL");
      if (!replica.standby) return this.leave("it is no replica (any more): it takes writes of its own");
      this.#applied = lsnOf(replica.place);
      const whole = this.#samples.findLast((sample) => sample.place <= this.#applied);
      if (whole) this.#wholeAt = Math.max(this.#wholeAt, whole.at);
      this.#trouble = "";
      this.#tell();
    } catch (error) {
      closeReplica();
      this.leave((error as Error).message);
    }
  }

  #tell(): void {
    const usable = this.lagMs() <= env().REPLICA_MAX_LAG_SECONDS * 1_000;
    if (usable === this.#wasUsable) return;
    this.#wasUsable = usable;
    if (usable) log().info("the read replica is read");
    else log().warn({ reason: this.#trouble || "it lags" }, "the read replica is not read; everything comes from the primary");
  }

  end(): void {
    clearInterval(this.#timer);
  }
}

async function placeOf(sql: postgres.Sql): Promise<Place> {
  const [row] = await within(PATIENCE_MS, sql<Place[]>`
    select pg_is_in_recovery() as standby, (select system_identifier::text from pg_control_system()) as system,
      (case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end)::text as place`);
  return row!;
}

class LateError extends Error {}

async function within<T>(ms: number, work: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new LateError(`it did not answer within ${ms} ms`)), ms)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

// One for the process, also when a bundler loads this module twice.
const holder = globalThis as typeof globalThis & { heliographReplica?: ReplicaWatch };

const watch = (): ReplicaWatch => (holder.heliographReplica ??= new ReplicaWatch());

export const replicaConfigured = (): boolean => env().DATABASE_REPLICA_URL !== undefined;

/** Whether the replica may be read by somebody for whom it must have everything up to `after`. */
export const replicaHas = (after = 0n): boolean => replicaConfigured() && watch().has(after);

/** For readiness and the doctor: how far behind it is, in ms, and what is wrong. */
export async function replicaState(): Promise<{ lagMs: number; usable: boolean; trouble: string }> {
  await watch().ask();
  return { lagMs: watch().lagMs(), usable: watch().has(0n), trouble: watch().trouble };
}

/**
 * What `work` reads from the replica; from the primary when the replica fails or is slow. What the replica refuses because it is applying changes (a conflict), or
 * because it does not have a new table yet, is no reason to leave it.
 */
export async function fromReplica<T>(work: (sql: postgres.Sql) => PromiseLike<T>): Promise<T> {
  const replica = replicaClient();
  if (!replica) return work(readClient());
  try {
    return await within(PATIENCE_MS, work(replica));
  } catch (error) {
    const code = (error as { code?: string }).code ?? "";
    if (error instanceof LateError) closeReplica();
    if (!/^(40001|40P01|57014|42P01|42703|26000)$/.test(code)) watch().leave((error as Error).message);
    return work(readClient());
  }
}

/** Forgets what is known of it; for tests. */
export function forgetReplica(): void {
  holder.heliographReplica?.end();
  holder.heliographReplica = undefined;
}
