import { randomKey } from "@/lib/platform/random-key";
import type { MessageView } from "@/lib/messages/types";
import type { UserSummary } from "@/lib/profiles/types";

/** As in `lib/messages/schemas.ts`, which judges. */
export const MAX_TEXT = 4_000;
export const MAX_FILES = 10;
export const MAX_VOICE_SECONDS = 300;

/** A photo or video on its way; its bytes are kept on the device until the message is sent. */
export type OutgoingFile = { key: string; blob: Blob; type: string; width: number; height: number; duration: number | null; thumb: Blob | null; /** Once the server has the bytes. */ mediaId: string | null };
export type OutgoingVoice = { blob: Blob; type: string; duration: number; waveform: number[]; mediaId: string | null };

/** A message that the server has not confirmed. */
export type Outgoing = {
  /** The message's name: however often it is sent, it is there once. */
  clientId: string;
  threadId: string;
  /** When it was written, ms; of one conversation they go in this order. */
  at: number;
  text: string;
  replyTo: MessageView["reply_to"];
  files: OutgoingFile[];
  voice: OutgoingVoice | null;
  state: "waiting" | "failed";
  /** Why it failed, or what it waits for, in words. */
  reason: string | null;
};

export type NewMessage = Pick<Outgoing, "text" | "replyTo" | "files" | "voice">;

let lastAt = 0;

export function outgoing(threadId: string, message: NewMessage): Outgoing {
  // Never two in the same millisecond.
  lastAt = Math.max(Date.now(), lastAt + 1);
  return { clientId: randomKey(), threadId, at: lastAt, ...message, state: "waiting", reason: null };
}

/** A message on the screen; `out` while it is on its way, and of one just sent, whose pictures the device has already. */
export type ShownMessage = MessageView & { out: Outgoing | null; isPending: boolean };

/** How a message on its way looks. */
export const pendingView = (out: Outgoing, self: UserSummary): ShownMessage => ({
  id: `out-${out.clientId}`, thread_id: out.threadId, client_id: out.clientId, sender: self, is_mine: true, is_unsent: false, event: null, text: out.text || null, mentions: [], media: [], voice: null, shared: null,
  reply_to: out.replyTo, reactions: [], is_covered: false, is_edited: false, editable_until: null, vanishes_at: null, created_at: new Date(out.at).toISOString(), out, isPending: true,
});
