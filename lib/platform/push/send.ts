import http from "node:http";
import https from "node:https";
import { env } from "@/lib/platform/env";
import { sender } from "@/lib/platform/mail/transport";
import { encryptPush, MOST_BYTES, type PushTarget } from "./encryption";
import { vapidKeys } from "./keys";
import { isPushAddress, lookupFor } from "./reachable";
import { vapidHeader } from "./vapid";

/** `topic`: of several that wait at the push service under one the newest is kept (at most 32 letters of base64url). `ttl` in seconds. */
export type PushOptions = { topic?: string; ttl: number; urgency: "low" | "normal" | "high"; signal?: AbortSignal };

/** What became of it: taken; the browser is gone for good; refused for good; or to be tried again. */
export type PushOutcome = { kind: "taken" } | { kind: "gone" } | { kind: "refused"; problem: string } | { kind: "later"; problem: string };

const PATIENCE_MS = 15_000;

/** Sends a text to one browser through its push service. Never throws for what happens outside; nothing is followed elsewhere, and nothing of the answer but its status is read. */
export async function sendPush(target: PushTarget & { endpoint: string }, text: string, options: PushOptions): Promise<PushOutcome> {
  if (!isPushAddress(target.endpoint)) return { kind: "refused", problem: "its address is none that is sent to" };
  if (Buffer.byteLength(text) > MOST_BYTES) return { kind: "refused", problem: "it is too long for a push" };
  const body = encryptPush(text, target);
  const headers = {
    authorization: vapidHeader(target.endpoint, await vapidKeys(), subject()), "content-encoding": "aes128gcm", "content-type": "application/octet-stream", "content-length": body.length,
    ttl: options.ttl, urgency: options.urgency, ...(options.topic ? { topic: options.topic } : {}),
  };
  try {
    return outcomeOf(await post(target.endpoint, body, headers, options.signal));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "EHOSTCLOSED" ? { kind: "refused", problem: message } : { kind: "later", problem: code ?? message };
  }
}

/** Where a push service's people write to when something is wrong with us. */
function subject(): string {
  const { PUBLIC_URL, VAPID_SUBJECT } = env();
  if (VAPID_SUBJECT) return VAPID_SUBJECT;
  return PUBLIC_URL.startsWith("https:") ? PUBLIC_URL : `mailto:${sender().replace(/^.*<|>.*$/g, "")}`;
}

function outcomeOf(status: number): PushOutcome {
  if (status >= 200 && status < 300) return { kind: "taken" };
  if (status === 404 || status === 410) return { kind: "gone" };
  const problem = `the push service answered ${status}`;
  return status === 429 || status === 408 || status >= 500 ? { kind: "later", problem } : { kind: "refused", problem };
}

/** Not `fetch`: there the address that was judged could not be made the one that is connected to. */
function post(endpoint: string, body: Buffer, headers: http.OutgoingHttpHeaders, signal?: AbortSignal): Promise<number> {
  const { request } = endpoint.startsWith("https:") ? https : http;
  const patience = AbortSignal.timeout(PATIENCE_MS);
  return new Promise((resolve, reject) => {
    const call = request(endpoint, { method: "POST", headers, agent: false, lookup: lookupFor(endpoint), signal: signal ? AbortSignal.any([signal, patience]) : patience, maxHeaderSize: 8_192 }, (answer) => {
      resolve(answer.statusCode ?? 0);
      answer.destroy();
    });
    call.on("error", reject);
    call.end(body);
  });
}
