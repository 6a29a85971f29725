import { SendError } from "@/components/composer/ask";
import { request } from "@/components/interactions/request";
import type { MessageView } from "@/lib/messages/types";
import type { Outgoing } from "./outgoing";

/** How an attempt ended. `later`: the line or the server is to blame, and it goes again by itself; `refused`: it would be refused again; `gone`: it arrived earlier and has gone by itself since. */
export type Attempt = { kind: "sent"; message: MessageView } | { kind: "gone" } | { kind: "later" } | { kind: "refused"; reason: string };

/** What may work another time. */
const PASSING = new Set(["offline", "timeout", "unreachable", "internal", "unavailable", "too_many"]);

type Options = { signal: AbortSignal; onProgress: (share: number) => void; /** A file has arrived: it is not sent again. */ onArrived: (message: Outgoing) => Promise<void> };

/** Sends the files of a message, then the message itself. Never throws. */
export async function sendMessage(out: Outgoing, options: Options): Promise<Attempt> {
  try {
    const ready = await sendFiles(out, options);
    const body = {
      client_id: ready.clientId, ...(ready.text ? { text: ready.text } : {}), ...(ready.replyTo ? { reply_to: ready.replyTo.id } : {}),
      ...(ready.files.length > 0 ? { media_ids: ready.files.map(({ mediaId }) => mediaId) } : {}), ...(ready.voice ? { voice_media_id: ready.voice.mediaId } : {}),
    };
    const outcome = await request<MessageView | undefined>("POST", `/api/direct/${ready.threadId}/messages`, { body });
    if (outcome.ok) return outcome.data ? { kind: "sent", message: outcome.data } : { kind: "gone" };
    return PASSING.has(outcome.code) ? { kind: "later" } : { kind: "refused", reason: outcome.fields?.text ?? outcome.message };
  } catch (error) {
    if (error instanceof SendError) return error.canRetry && error.status !== 401 ? { kind: "later" } : { kind: "refused", reason: error.message };
    return { kind: "later" };
  }
}

async function sendFiles(out: Outgoing, { signal, onProgress, onArrived }: Options): Promise<Outgoing> {
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
    await onArrived(now);
  }
  return now;
}
