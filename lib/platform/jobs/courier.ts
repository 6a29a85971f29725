import http from "node:http";
import https from "node:https";
import { env } from "@/lib/platform/env";
import type { JobDefinition } from "./define";
import type { Outcome } from "./execute";
import { signedHeaders } from "./signature";

/** A leased job, as `fetch` of pg-boss gives it. */
export type Lease = { id: string; data: unknown; retryCount: number };

/** What became of a job that was sent; "unreachable": no app server took it, so it has not run. */
export type Delivery = Outcome | { kind: "unreachable"; message: string };

const UNREACHABLE = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"]);

/** Carries jobs to the app server over connections that stay open. */
export class Courier {
  readonly #base = new URL(env().APP_URL);
  readonly #agent = this.#base.protocol === "https:" ? new https.Agent({ keepAlive: true, maxSockets: 64 }) : new http.Agent({ keepAlive: true, maxSockets: 64 });

  /** Posts a job and waits for its end. Never throws. */
  deliver(job: JobDefinition, lease: Lease): Promise<Delivery> {
    const body = JSON.stringify(lease.data ?? {});
    return new Promise((resolve) => {
      const request = this.#request(`/api/jobs/${job.name}`, "POST", {
        ...signedHeaders({ name: job.name, id: lease.id, attempt: lease.retryCount + 1 }, body),
        "content-type": "application/json",
        "content-length": String(Buffer.byteLength(body)),
      });
      const timer = setTimeout(() => request.destroy(new Error(`no answer within ${job.timeoutSeconds} s`)), (job.timeoutSeconds + 5) * 1_000);
      const settle = (delivery: Delivery) => {
        clearTimeout(timer);
        resolve(delivery);
      };
      request.on("response", (response) => read(response).then((text) => settle(judge(response.statusCode ?? 0, text)), (error: Error) => settle({ kind: "failed", message: error.message })));
      request.on("error", (error: NodeJS.ErrnoException) => settle(UNREACHABLE.has(error.code ?? "") ? { kind: "unreachable", message: error.message } : { kind: "failed", message: error.message }));
      request.end(body);
    });
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
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === "string" ? message.slice(0, 1_000) : undefined;
  } catch {
    return undefined;
  }
}
