import type { z } from "zod";
import type { EventName } from "./events";

/** What a handler is told about its run. */
export type JobContext = {
  /** The job's id, the same in every attempt. */
  id: string;
  /** 1 at the first run. */
  attempt: number;
  /** Aborted when the time of the job is up. */
  signal: AbortSignal;
};

type Options<S extends z.ZodType> = {
  /** "domain.verb", also the queue's name. */
  name: string;
  /** Of the payload: ids only. */
  schema: S;
  /** Runs in an app server, at least once: it must bear being repeated. Its first line asks whether this is still true. */
  handler: (payload: z.infer<S>, context: JobContext) => Promise<unknown>;
  /** Attempts after the first before the job counts as dead (10). Outages of our own services do not use them up. */
  retryLimit?: number;
  /** Queues with a higher one are served first when the worker is full (0). */
  priority?: number;
  /** Jobs of this queue that one worker runs at a time (`WORKER_CONCURRENCY`); keep it low for slow ones. Whatever it is, they are then sent one by one, also to different app servers. */
  concurrency?: number;
  /** Seconds one attempt may take (60). Said at all, also of 60, the jobs are sent one by one: what takes long, or much, may go to different app servers. */
  timeoutSeconds?: number;
  /** Cron expression in UTC; each time is run once, however many workers there are. The payload is `{}`. */
  schedule?: string;
  /** Events this job hears of: each announced one gives it a job of its own with the event's payload. */
  on?: EventName | readonly EventName[];
  /** Seconds a finished job is kept (14 days). */
  keepSeconds?: number;
};

// Of any payload unless told: the registry holds jobs of all kinds.
// oxlint-disable-next-line typescript/no-explicit-any
export type JobDefinition<P = any> = {
  readonly name: string;
  readonly schema: z.ZodType<P>;
  readonly handler: (payload: P, context: JobContext) => Promise<unknown>;
  readonly retryLimit: number;
  readonly priority: number;
  readonly concurrency: number | null;
  readonly timeoutSeconds: number;
  /** Nothing was said of its time or number: it is one of many quick ones, which the worker sends several at once. */
  readonly isQuick: boolean;
  readonly schedule: string | null;
  readonly on: readonly EventName[];
  readonly keepSeconds: number;
};

const DAY = 86_400;

/** Describes a job: a name, a schema and a handler. It works once it is in its domain's `jobs` list (lib/jobs.ts). */
export function defineJob<S extends z.ZodType>(options: Options<S>): JobDefinition<z.infer<S>> {
  if (!/^[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_-]*)+$/.test(options.name)) throw new Error(`"${options.name}" is no name of a job; write "domain.verb"`);
  return {
    name: options.name,
    schema: options.schema as z.ZodType<z.infer<S>>,
    handler: options.handler,
    retryLimit: options.retryLimit ?? 10,
    priority: options.priority ?? 0,
    concurrency: options.concurrency ?? null,
    timeoutSeconds: options.timeoutSeconds ?? 60,
    isQuick: options.concurrency === undefined && options.timeoutSeconds === undefined,
    schedule: options.schedule ?? null,
    on: options.on === undefined ? [] : typeof options.on === "string" ? [options.on] : options.on,
    keepSeconds: options.keepSeconds ?? 14 * DAY,
  };
}

/** Thrown by a handler when no repeat can help: the job goes to the dead ones at once, where it can be seen. */
export class PermanentError extends Error {
  override readonly name = "PermanentError";
}

/**
 * Thrown by a handler when something it needs is away (Redis, storage): the job waits and is tried again, without limit
 * and without using up its attempts.
 */
export class NotNowError extends Error {
  override readonly name = "NotNowError";
}
