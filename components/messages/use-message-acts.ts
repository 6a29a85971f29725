"use client";
import { type RefObject, useMemo } from "react";
import { request } from "@/components/interactions/request";
import { toast } from "@/components/ui/toast";
import type { MessageReactionView, MessageView } from "@/lib/messages/types";
import type { LogHandle } from "./message-log";
import type { RowActs } from "./message-row";
import type { Outbox } from "./outbox";
import type { ThreadStore } from "./thread-store";

type Options = {
  store: ThreadStore;
  outbox: Outbox | null;
  mayWrite: boolean;
  log: RefObject<LogHandle | null>;
  onContext: (context: { reply: MessageView | null; editing: MessageView | null }) => void;
  onOpen: (opened: { message: MessageView; at: number }) => void;
  onUnsend: (message: MessageView) => void;
  onReport: () => void;
};

const never = () => () => {};

/** What the rows of a conversation can ask for. */
export function useMessageActs({ store, outbox, mayWrite, log, onContext, onOpen, onUnsend, onReport }: Options): RowActs {
  return useMemo(
    () => ({
      mayWrite,
      react: (message, emoji, on) => void react(store, message, emoji, on),
      reply: (message) => onContext({ reply: message, editing: null }),
      edit: (message) => onContext({ reply: null, editing: message }),
      unsend: onUnsend,
      report: onReport,
      showQuoted: (id) => void log.current?.toMessage(id).then((isThere) => isThere || toast("That message is not here any more")),
      // Tiles that are not prepared yet cannot be opened, and are not counted.
      openMedia: (message, at) => onOpen({ message, at: message.media.slice(0, at).filter(({ state }) => state === "ready").length }),
      retry: (clientId) => void outbox?.retry(clientId),
      discard: (clientId) => void outbox?.discard(clientId),
      progress: { subscribe: outbox?.subscribe ?? never, of: (clientId) => outbox?.progressOf(clientId) ?? null, isKept: (clientId) => outbox?.isKept(clientId) ?? false },
    }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the others set states, and are the same for good
    [store, outbox, mayWrite],
  );
}

/** Shown at once; what the server says then counts, and a refusal puts it back. */
async function react(store: ThreadStore, message: MessageView, emoji: string, on: boolean): Promise<void> {
  const before = message.reactions;
  store.setReactions(message.id, reacted(before, emoji, on));
  const outcome = await request<{ reactions: MessageReactionView[] }>(on ? "PUT" : "DELETE", `/api/direct/${message.thread_id}/messages/${message.id}/reactions/${encodeURIComponent(emoji)}`);
  if (outcome.ok) return store.setReactions(message.id, outcome.data.reactions);
  store.setReactions(message.id, before);
  toast.error(on ? "Your reaction was not kept" : "Your reaction is still there", { description: outcome.message });
}

/** One's reaction takes the place of the one before. */
function reacted(before: MessageReactionView[], emoji: string, on: boolean): MessageReactionView[] {
  const reactions = on ? before.flatMap((one) => (!one.mine || one.emoji === emoji ? [one] : one.count > 1 ? [{ ...one, count: one.count - 1, mine: false }] : [])) : before;
  const known = reactions.find((one) => one.emoji === emoji);
  if (!known) return on ? [...reactions, { emoji, count: 1, mine: true, names: ["You"] }] : reactions;
  if (known.mine === on) return reactions;
  return reactions.flatMap((one) => (one !== known ? [one] : on ? [{ ...one, count: one.count + 1, mine: true }] : one.count > 1 ? [{ ...one, count: one.count - 1, mine: false }] : []));
}
