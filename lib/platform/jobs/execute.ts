import { isOutage } from "@/lib/platform/http/error-response";
import { log } from "@/lib/platform/log";
import { type JobContext, type JobDefinition, NotNowError, PermanentError } from "./define";

/** How a run ended: done, never to be tried again, to be tried again, or to wait until a service is back. */
export type Outcome = { kind: "done" | "permanent" | "failed" | "not_now"; message?: string };

/** Runs a job's handler in this process and judges what it threw. */
export async function executeJob(job: JobDefinition, data: unknown, context: JobContext): Promise<Outcome> {
  const payload = job.schema.safeParse(data);
  if (!payload.success) return { kind: "permanent", message: `The payload is not of this job: ${payload.error.issues[0]?.message ?? ""}` };
  const began = performance.now();
  const fields = { job: job.name, job_id: context.id, attempt: context.attempt };
  try {
    await job.handler(payload.data, context);
    log().debug({ ...fields, ms: Math.round(performance.now() - began) }, "job done");
    return { kind: "done" };
  } catch (error) {
    const kind = error instanceof PermanentError ? "permanent" : error instanceof NotNowError || isOutage(error) ? "not_now" : "failed";
    log()[kind === "not_now" ? "info" : "warn"]({ ...fields, outcome: kind, err: error }, "job did not succeed");
    return { kind, message: error instanceof Error ? error.message : String(error) };
  }
}
