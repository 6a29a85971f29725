import { randomUUID } from "node:crypto";
import http from "node:http";
import https from "node:https";
import { env } from "@/lib/platform/env";
import type { JobDefinition } from "./define";
import type { Outcome } from "./execute";
import { endSchema, jsonOf, SEVERAL } from "./several";
import { signedHeaders } from "./signature";

/** A leased job. */
export type Lease = { id: string; data: unknown; retryCount: number };

/** What became of a job that was sent; "unreachable": no app server took it, or its machine is gone. */
export type Delivery = Outcome | { kind: "unreachable"; message: string };

const UNREACHABLE = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"]);

/** Quick jobs that come within so many ms go together. */
const GATHER_MS = 1;
/** Of several jobs in one request, and of their payloads. */
const MOST = { jobs: 32, bytes: 48_000 };

/** For how long jobs go one by one after an app server did not know of several in a request. */
const ALONE_MS = 60_000;

type Parcel = { job: JobDefinition; lease: Lease; body: string; settle: (delivery: Delivery) => void };

/** Carries jobs to the app server over connections that stay open. */
export class Courier {
  readonly #base = new URL(env().APP_URL);
  readonly #agent = this.#base.protocol === "https:" ? new https.Agent({ keepAlive: true, maxSockets: 64 }) : new http.Agent({ keepAlive: true, maxSockets: 64 });
  #gathered: Parcel[] = [];
  #aloneUntil = 0;

  /** Posts a job and waits for its end; a quick one with other quick ones, since a request costs the app more than most of them. Never throws. */
  deliver(job: JobDefinition, lease: Lease): Promise<Delivery> {
    return new Promise((settle) => {
      const parcel = { job, lease, body: JSON.stringify(lease.data ?? {}), settle };
      if (!job.isQuick || Date.now() < this.#aloneUntil) return this.#send([parcel]);
      if (this.#gathered.length === 0) setTimeout(() => this.#flush(), GATHER_MS);
      this.#gathered.push(parcel);
    });
  }

  #flush(): void {
    const gathered = this.#gathered;
    this.#gathered = [];
    let parcels: Parcel[] = [];
    let bytes = 0;
    for (const parcel of gathered) {
      const more = Buffer.byteLength(parcel.body);
      if (parcels.length === MOST.jobs || (parcels.length > 0 && bytes + more > MOST.bytes)) {
        this.#send(parcels);
        [parcels, bytes] = [[], 0];
      }
      parcels.push(parcel);
      bytes += more;
    }
    this.#send(parcels);
  }

  /** Sends parcels in one request, and settles each when it hears how it ended. */
  #send(parcels: Parcel[]): void {
    const open = new Map(parcels.map((parcel) => [parcel.lease.id, parcel]));
    const seconds = Math.max(...parcels.map(({ job }) => job.timeoutSeconds));
    const timer = setTimeout(() => request?.destroy(new Error(`no answer within ${seconds} s`)), (seconds + 5) * 1_000);
    const end = (id: string, delivery: Delivery) => {
      open.get(id)?.settle(delivery);
      open.delete(id);
      if (open.size === 0) clearTimeout(timer);
    };
    const endAll = (delivery: Delivery) => open.forEach((_, id) => end(id, delivery));
    const broken = (error: NodeJS.ErrnoException) => endAll({ kind: UNREACHABLE.has(error.code ?? "") ? "unreachable" : "failed", message: `${error.message} (${error.code ?? error.name})` });
    let request: http.ClientRequest | undefined;
    try {
      request = this.#post(parcels);
    } catch (error) {
      return broken(error as Error);
    }
    request.on("error", broken);
    request.on("response", (response) => {
      const status = response.statusCode ?? 0;
      if (parcels.length > 1 && status === 404) {
        // An app of an older version knows no request of several, but the jobs.
        response.resume();
        clearTimeout(timer);
        open.clear();
        this.#aloneUntil = Date.now() + ALONE_MS;
        return parcels.forEach((parcel) => this.#send([parcel]));
      }
      const reading = parcels.length > 1 && status === 200 ? readEnds(response, end) : read(response).then((text) => endAll(judge(status, text)));
      reading.then(() => endAll({ kind: "failed", message: "socket hang up: the app did not say how the job ended" }), broken);
    });
  }

  #post(parcels: Parcel[]): http.ClientRequest {
    const isAlone = parcels.length === 1;
    const headOf = (parcel: Parcel) => ({ name: parcel.job.name, id: parcel.lease.id, attempt: parcel.lease.retryCount + 1 });
    const [first] = parcels as [Parcel];
    // The payloads are texts already.
    const body = isAlone ? first.body : `[${parcels.map((parcel) => `${JSON.stringify(headOf(parcel)).slice(0, -1)},"data":${parcel.body}}`).join(",")}]`;
    const request = this.#request(isAlone ? `/api/jobs/${first.job.name}` : "/api/jobs", "POST", {
      ...signedHeaders(isAlone ? headOf(first) : { name: SEVERAL, id: randomUUID(), attempt: 1 }, body),
      "content-type": "application/json",
      "content-length": String(Buffer.byteLength(body)),
    });
    request.end(body);
    return request;
  }

  /** Whether an app server answers. */
  isAppThere(): Promise<boolean> {
    return new Promise((resolve) => {
      const request = this.#request("/api/health", "GET", {});
      request.setTimeout(2_000, () => request.destroy());
      request.on("response", (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      });
      request.on("error", () => resolve(false));
      request.on("close", () => resolve(false));
      request.end();
    });
  }

  close(): void {
    this.#agent.destroy();
  }

  #request(path: string, method: string, headers: Record<string, string>): http.ClientRequest {
    const { request } = this.#base.protocol === "https:" ? https : http;
    return request(new URL(path, this.#base), { method, agent: this.#agent, headers });
  }
}

/** The ends of several jobs, as they come. */
async function readEnds(response: http.IncomingMessage, told: (id: string, delivery: Delivery) => void): Promise<void> {
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) {
    const lines = (text + chunk).split("\n");
    text = lines.pop()!;
    for (const line of lines) {
      const end = endSchema.safeParse(jsonOf(line));
      if (end.success) told(end.data.id, { kind: end.data.kind, message: end.data.message?.slice(0, 1_000) });
    }
  }
}

async function read(response: http.IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) if (text.length < 10_000) text += chunk;
  return text;
}

function judge(status: number, text: string): Delivery {
  if (status === 200) return { kind: "done" };
  // An app of an older version does not know the job yet; it will be replaced, and the job waits for that.
  if (status === 404) return { kind: "not_now", message: "The app server does not know the job, its clock is wrong, or its JOBS_SECRET is not the worker's." };
  const message = messageOf(text) ?? `the app answered ${status}`;
  if (status === 422) return { kind: "permanent", message };
  return { kind: status === 503 ? "not_now" : "failed", message };
}

function messageOf(text: string): string | undefined {
  const message = (jsonOf(text) as { message?: unknown } | undefined)?.message;
  return typeof message === "string" ? message.slice(0, 1_000) : undefined;
}
