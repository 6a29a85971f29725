// Calls to our own REST API from client leaves. Not server actions: those run one after another and would make a like
// wait for the next page of the feed.
import type { FieldErrors } from "@/lib/platform/errors";

export type Outcome<T> =
  | { ok: true; data: T; /** Server's clock, ms: when the answer was true at the latest. */ at: number }
  | { ok: false; code: string; message: string; fields?: FieldErrors };

type Options = { body?: unknown; /** The same key makes a repeated POST have the effect of one. */ key?: string };

/** Longest wait for an answer, ms. */
const PATIENCE = 15_000;

/** Never throws: being offline, a timeout and a refusal all come back as a sentence that can be shown. */
export async function request<T>(method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", path: string, { body, key }: Options = {}): Promise<Outcome<T>> {
  try {
    const response = await fetch(path, { method, ...content(body, key), signal: AbortSignal.timeout(PATIENCE) });
    if (response.ok) return { ok: true, data: (response.status === 204 ? undefined : await response.json()) as T, at: endOfSecond(response.headers.get("date")) };
    return { ok: false, ...(await refusal(response)) };
  } catch (error) {
    return { ok: false, ...unreachable(error) };
  }
}

function content(body: unknown, key: string | undefined): Pick<RequestInit, "headers" | "body"> {
  const headers = { accept: "application/json", ...(key ? { "idempotency-key": key } : {}) };
  return body === undefined ? { headers } : { headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** The header counts whole seconds; what was rendered later in the same second already knew of the change. */
const endOfSecond = (date: string | null) => (date ? Date.parse(date) : Date.now()) + 999;

async function refusal(response: Response): Promise<{ code: string; message: string; fields?: FieldErrors }> {
  const answer = (await response.json().catch(() => null)) as { error?: { code?: string; message?: string; fields?: FieldErrors } } | null;
  const code = answer?.error?.code ?? "internal";
  if (response.status === 401) return { code, message: "You are no longer logged in. Log in again and repeat it." };
  return { code, message: answer?.error?.message ?? "Something went wrong on our side. Try again.", fields: answer?.error?.fields };
}

function unreachable(error: unknown): { code: string; message: string } {
  if (!navigator.onLine) return { code: "offline", message: "You are offline." };
  if (error instanceof DOMException && error.name === "TimeoutError") return { code: "timeout", message: "The server took too long to answer." };
  return { code: "unreachable", message: "The server cannot be reached. Check your connection." };
}
