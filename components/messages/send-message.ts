import { SendError } from "@/components/composer/ask";
import { request } from "@/components/interactions/request";
import type { MessageView } from "@/lib/messages/types";
import type { Outgoing } from "./outgoing";

/**
 * How an attempt ended. `gone`: it arrived earlier and has gone by itself since; `later`: the line or the server is to blame, and it goes again by itself; `held`: its
 * writer is not logged in here; `refused`: it would be refused again.
 */
export type Attempt = { kind: "sent"; message: MessageView } | { kind: "gone" | "later" } | { kind: "held" | "refused"; reason: string };

/** What may work another time. */
const PASSING = new Set(["offline", "timeout", "unreachable", "internal", "unavailable", "too_many"]);
/** Logged out, or somebody else is logged in in this browser by now: nothing is wrong with the message. */
const HELD: Record<string, string> = { unauthenticated: "You are logged out. This goes when you log in again.", conflict: "Somebody else is logged in here. This goes when you log in again." };

type Options = { signal: AbortSignal; onProgress: (share: number) => void; /** A file has arrived and is not sent again, or what it answers is gone. */ onChanged: (message: Outgoing) => Promise<void> };

/** Sends the files of a message, then the message itself. Never throws. */
export async function sendMessage(out: Outgoing, options: Options): Promise<Attempt> {
  try {
    const ready = await sendFiles(out, options);
    let outcome = await post(ready);
    if (!outcome.ok && ready.replyTo && outcome.fields?.reply_to) {
      // What it answers was unsent meanwhile; what is said stands without it.
      const alone = { ...ready, replyTo: null };
      await options.onChanged(alone);
      outcome = await post(alone);
    }
    if (outcome.ok) return outcome.data ? { kind: "sent", message: outcome.data } : { kind: "gone" };
    if (HELD[outcome.code]) return { kind: "held", reason: HELD[outcome.code]! };
    return PASSING.has(outcome.code) ? { kind: "later" } : { kind: "refused", reason: outcome.fields?.text ?? outcome.message };
  } catch (error) {
    if (!(error instanceof SendError)) return { kind: "later" };
    if (error.status === 401) return { kind: "held", reason: HELD.unauthenticated! };
    if (error.status === 409) return { kind: "held", reason: HELD.conflict! };
    return error.canRetry ? { kind: "later" } : { kind: "refused", reason: error.message };
  }
}

const post = (out: Outgoing) => request<MessageView | undefined>("POST", `/api/direct/${out.threadId}/messages`, {
  body: {
    client_id: out.clientId, ...(out.text ? { text: out.text } : {}), ...(out.replyTo ? { reply_to: out.replyTo.id } : {}),
    ...(out.files.length > 0 ? { media_ids: out.files.map(({ mediaId }) => mediaId) } : {}), ...(out.voice ? { voice_media_id: out.voice.mediaId } : {}),
  },
});

async function sendFiles(out: Outgoing, { signal, onProgress, onChanged }: Options): Promise<Outgoing> {
  const waiting = [...out.files, ...(out.voice ? [out.voice] : [])].filter(({ mediaId }) => mediaId === null);
  if (waiting.length === 0) return out;
  // Its code is fetched with the first file.
  const { sendFile } = await import("@/components/composer/send-file");
  const total = waiting.reduce((sum, { blob }) => sum + blob.size, 0);
  let before = 0;
  let now = out;
  for (const file of waiting) {
    const done = before;
    const mediaId = await sendFile(file.blob, file.type, { signal, purpose: "message", begun: null, onBegun: () => {}, onProgress: (share) => onProgress((done + share * file.blob.size) / total) });
    before += file.blob.size;
    now = "key" in file ? { ...now, files: now.files.map((one) => (one.key === file.key ? { ...one, mediaId } : one)) } : { ...now, voice: { ...now.voice!, mediaId } };
    await onChanged(now);
  }
  return now;
}
