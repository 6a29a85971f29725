import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/platform/env";

/** How far the clocks of worker and app server may differ, and how long a request can be replayed. */
const WINDOW_MS = 60_000;

export const HEADERS = {
  id: "x-heliograph-job",
  attempt: "x-heliograph-attempt",
  time: "x-heliograph-time",
  digest: "x-heliograph-digest",
  signature: "x-heliograph-signature",
} as const;

export type SignedHead = { name: string; id: string; attempt: number };

const digestOf = (body: string) => createHash("sha256").update(body).digest("hex");

/** The signature covers time, name, id, attempt and the body's digest: so it can be judged before the body is read. */
function sign({ name, id, attempt }: SignedHead, time: string, digest: string): Buffer {
  return createHmac("sha256", env().JOBS_SECRET).update([time, name, id, String(attempt), digest].join("\n")).digest();
}

/** The headers with which a worker sends a job to the app. */
export function signedHeaders(head: SignedHead, body: string, now = Date.now()): Record<string, string> {
  const time = String(now);
  const digest = digestOf(body);
  return { [HEADERS.id]: head.id, [HEADERS.attempt]: String(head.attempt), [HEADERS.time]: time, [HEADERS.digest]: digest, [HEADERS.signature]: sign(head, time, digest).toString("hex") };
}

/** What genuine, recent headers say, else null. The body still has to be the one they speak of: `isBodyOf`. */
export function verifyHead(name: string, headers: Headers, now = Date.now()): (SignedHead & { digest: string }) | null {
  const [id, attempt, time, digest, signature] = [HEADERS.id, HEADERS.attempt, HEADERS.time, HEADERS.digest, HEADERS.signature].map((header) => headers.get(header) ?? "");
  if (!/^[0-9a-f]{64}$/.test(signature!) || !/^[0-9a-f]{64}$/.test(digest!) || !/^[0-9a-f-]{36}$/.test(id!) || !/^\d{1,4}$/.test(attempt!) || !/^\d{13}$/.test(time!)) return null;
  if (Math.abs(now - Number(time)) > WINDOW_MS) return null;
  const head = { name, id: id!, attempt: Number(attempt) };
  return timingSafeEqual(sign(head, time!, digest!), Buffer.from(signature!, "hex")) ? { ...head, digest: digest! } : null;
}

/** Whether this is the body that was signed. */
export const isBodyOf = (head: { digest: string }, body: string) => digestOf(body) === head.digest;
