// Calls to our own REST API from client leaves. Not server actions: those run one after another and would make a like
// wait for the next page of the feed.
import type { FieldErrors } from "@/lib/platform/errors";
import { fromPage } from "@/lib/platform/viewer/person-header";

export type Outcome<T> =
  | { ok: true; data: T; /** Server's clock, ms: when the answer was true at the latest. */ at: number }
  | { ok: false; code: string; message: string; fields?: FieldErrors; /** Of a conflict: what is there now. */ current?: unknown };

type Options = { body?: unknown; /** The same key makes a repeated POST have the effect of one. */ key?: string };

/** Longest wait for an answer, ms. */
const PATIENCE = 15_000;

/** Browsers let go on no more than 64 KiB of all such bodies together. */
const KEPT_ALIVE = 8_000;

/** Never throws: being offline, a timeout and a refusal all come back as a sentence that can be shown. */
export async function request<T>(method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", path: string, { body, key }: Options = {}): Promise<Outcome<T>> {
  try {
    const init = content(body, key);
    // What one does goes on when one leaves the page in that moment.
    const keepalive = method !== "GET" && (init.body?.length ?? 0) <= KEPT_ALIVE;
    const response = await fetch(path, { method, ...init, keepalive, signal: AbortSignal.timeout(PATIENCE) });
    if (response.ok) return { ok: true, data: (response.status === 204 ? undefined : await response.json()) as T, at: endOfSecond(response.headers.get("date")) };
    return { ok: false, ...(await refusal(response)) };
  } catch (error) {
    return { ok: false, ...unreachable(error) };
  }
}

function content(body: unknown, key: string | undefined): { headers: Record<string, string>; body?: string } {
  const headers = { accept: "application/json", ...fromPage(), ...(key ? { "idempotency-key": key } : {}) };
  return body === undefined ? { headers } : { headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** The header counts whole seconds; what was rendered later in the same second already knew of the change. */
const endOfSecond = (date: string | null) => (date ? Date.parse(date) : Date.now()) + 999;

async function refusal(response: Response): Promise<{ code: string; message: string; fields?: FieldErrors; current?: unknown }> {
  const answer = (await response.json().catch(() => null)) as { error?: { code?: string; message?: string; fields?: FieldErrors; current?: unknown } } | null;
  const code = answer?.error?.code ?? "internal";
  if (response.status === 401) return { code, message: "You are no longer logged in. Log in again and repeat it." };
  return { code, message: answer?.error?.message ?? "Something went wrong on our side. Try again.", fields: answer?.error?.fields, current: answer?.error?.current };
}

function unreachable(error: unknown): { code: string; message: string } {
  if (!navigator.onLine) return { code: "offline", message: "You are offline." };
  if (error instanceof DOMException && error.name === "TimeoutError") return { code: "timeout", message: "The server took too long to answer." };
  return { code: "unreachable", message: "The server cannot be reached. Check your connection." };
}
