import { AppError } from "@/lib/platform/errors";
import { log } from "@/lib/platform/log";

const OUTAGE_CODES = new Set(["ECONNREFUSED", "ECONNRESET", "CONNECTION_CLOSED", "CONNECTION_ENDED", "CONNECT_TIMEOUT", "CONNECTION_DESTROYED", "57P01", "57P02", "57P03", "53300", "40001", "40P01", "57014", "DATABASE_AWAY"]);

/** Whether Postgres or the storage is away or overloaded: a repeat in a moment may work. */
export function isOutage(error: unknown): boolean {
  for (let e = error as { code?: unknown; name?: unknown; cause?: unknown } | undefined; e; e = e.cause as typeof e) {
    if ((typeof e.code === "string" && OUTAGE_CODES.has(e.code)) || e.name === "StorageUnavailableError") return true;
  }
  return false;
}

/** Any error as an `AppError`; what is not meant for people becomes 503 (outage) or a bare 500, and is logged. */
export function errorResponse(error: unknown, requestId: string, request?: Request): Response {
  if (error instanceof AppError) return answer(error.status, error.code, error.message, requestId, error);
  const outage = isOutage(error);
  log().error({ request_id: requestId, method: request?.method, path: request ? new URL(request.url).pathname : undefined, err: error }, outage ? "a service is away" : "unexpected error");
  return outage
    ? answer(503, "unavailable", "Try again in a moment.", requestId, { retryAfter: 5 })
    : answer(500, "internal", "Something went wrong on our side. Try again.", requestId);
}

function answer(status: number, code: string, message: string, requestId: string, extra: { fields?: object; retryAfter?: number; challenge?: string; current?: object } = {}): Response {
  const headers: Record<string, string> = { "cache-control": "no-store" };
  if (extra.retryAfter !== undefined) headers["retry-after"] = String(Math.max(1, Math.ceil(extra.retryAfter)));
  const { fields, challenge, current } = extra;
  return Response.json({ error: { code, message, ...(fields ? { fields } : {}), ...(challenge ? { challenge } : {}), ...(current ? { current } : {}), request_id: requestId } }, { status, headers });
}
