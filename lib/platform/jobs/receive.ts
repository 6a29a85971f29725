import "server-only";
import type { JobDefinition } from "./define";
import { executeJob, type Outcome } from "./execute";
import { isBodyOf, verifyHead } from "./signature";

/** Payloads are ids; whatever is longer is none of ours. */
const MAX_BODY_BYTES = 64_000;

const STATUS: Record<Outcome["kind"], number> = { done: 200, permanent: 422, failed: 500, not_now: 503 };

/**
 * The app's side of a job: runs it if the request bears the worker's signature. Anything else does not exist, and costs
 * one comparison: nothing of the body is read before.
 */
export async function receiveJob(registry: readonly JobDefinition[], name: string, request: Request): Promise<Response> {
  const head = verifyHead(name, request.headers);
  const job = head && registry.find((candidate) => candidate.name === name);
  if (!job || !isShort(request.headers.get("content-length"))) return new Response(null, { status: 404 });
  const body = await request.text();
  if (!isBodyOf(head, body)) return new Response(null, { status: 404 });
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(job.timeoutSeconds * 1_000)]);
  const outcome = await executeJob(job, parse(body), { id: head.id, attempt: head.attempt, signal });
  return Response.json({ outcome: outcome.kind, message: outcome.message }, { status: STATUS[outcome.kind] });
}

const isShort = (length: string | null) => length !== null && /^\d+$/.test(length) && Number(length) <= MAX_BODY_BYTES;

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
