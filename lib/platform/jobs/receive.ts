import "server-only";
import type { JobDefinition } from "./define";
import { executeJob, type Outcome } from "./execute";
import { type End, jsonOf, SEVERAL, severalSchema } from "./several";
import { isBodyOf, type SignedHead, verifyHead } from "./signature";

/** Payloads are ids; whatever is longer is none of ours. */
const MAX_BODY_BYTES = 64_000;

const STATUS: Record<Outcome["kind"], number> = { done: 200, permanent: 422, failed: 500, not_now: 503 };

/**
 * The app's side of a job: runs it if the request bears the worker's signature. Anything else does not exist, and costs
 * one comparison: nothing of the body is read before.
 */
export async function receiveJob(registry: readonly JobDefinition[], name: string, request: Request): Promise<Response> {
  const job = registry.find((candidate) => candidate.name === name);
  const signed = job ? await readSigned(name, request) : null;
  if (!job || !signed) return new Response(null, { status: 404 });
  const outcome = await executeJob(job, jsonOf(signed.body), { ...signed.head, signal: signalOf(job, request) });
  return Response.json({ outcome: outcome.kind, message: outcome.message }, { status: STATUS[outcome.kind] });
}

/** The same of several jobs at once. The answer has a line for each as soon as it ends, in whatever order. */
export async function receiveJobs(registry: readonly JobDefinition[], request: Request): Promise<Response> {
  const signed = await readSigned(SEVERAL, request);
  const sent = severalSchema.safeParse(signed && jsonOf(signed.body));
  if (!sent.success) return new Response(null, { status: 404 });
  const lines = new Lines();
  const run = async ({ name, id, attempt, data }: (typeof sent.data)[number]) => {
    const job = registry.find((candidate) => candidate.name === name);
    // The worker is of a newer version than this app, which will be replaced.
    const outcome: Outcome = job ? await executeJob(job, data, { id, attempt, signal: signalOf(job, request) }) : { kind: "not_now", message: "The app server does not know the job." };
    lines.write({ id, ...outcome });
  };
  // What ends without a line runs again.
  void Promise.allSettled(sent.data.map(run)).then(() => lines.end());
  // A proxy that gathers an answer, or compresses it, would hold up what is quick for what is slow.
  return new Response(lines.stream, { headers: { "content-type": "application/x-ndjson", "cache-control": "no-store, no-transform", "x-accel-buffering": "no" } });
}

/** Lines of an answer; those that come together are sent together. */
class Lines {
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  #waiting = "";
  #isOver = false;
  readonly stream = new ReadableStream<Uint8Array>({ start: (controller) => void (this.#controller = controller), cancel: () => void (this.#isOver = true) });

  write(end: End): void {
    if (this.#waiting === "") setImmediate(() => this.#send());
    this.#waiting += `${JSON.stringify(end)}\n`;
  }

  end(): void {
    this.#send();
    if (!this.#isOver) this.#controller.close();
    this.#isOver = true;
  }

  #send(): void {
    if (!this.#isOver && this.#waiting !== "") this.#controller.enqueue(new TextEncoder().encode(this.#waiting));
    this.#waiting = "";
  }
}

/** What the worker signed under this name; null of anything else. */
async function readSigned(name: string, request: Request): Promise<{ head: SignedHead; body: string } | null> {
  const head = verifyHead(name, request.headers);
  if (!head || !isShort(request.headers.get("content-length"))) return null;
  const body = await request.text();
  return isBodyOf(head, body) ? { head, body } : null;
}

const isShort = (length: string | null) => length !== null && /^\d+$/.test(length) && Number(length) <= MAX_BODY_BYTES;

const signalOf = (job: JobDefinition, request: Request) => AbortSignal.any([request.signal, AbortSignal.timeout(job.timeoutSeconds * 1_000)]);
