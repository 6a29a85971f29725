"use client";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { MessageView } from "@/lib/messages/types";
import type { UserSummary } from "@/lib/profiles/types";
import { type Outbox, outboxOf } from "./outbox";
import { type Outgoing, pendingView, type ShownMessage } from "./outgoing";
import { type ThreadStart, ThreadStore } from "./thread-store";

const NONE: readonly Outgoing[] = [];
const never = () => () => {};
const none = () => NONE;

/** A conversation on the screen: what the server has of it, and below that what is on its way. */
export function useThread(start: ThreadStart, self: UserSummary) {
  const [store] = useState(() => new ThreadStore(start));
  const [outbox, setOutbox] = useState<Outbox | null>(null);
  const state = useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
  const threadId = start.thread.id;
  const waiting = useSyncExternalStore(outbox?.subscribe ?? never, outbox ? () => outbox.of(threadId) : none, none);

  // The same object for the same message, so that only what changed is drawn anew.
  const [views] = useState(() => new WeakMap<MessageView, ShownMessage>());

  useEffect(() => {
    const box = outboxOf(self.id);
    setOutbox(box);
    const stops = [store.start(), box.onSent((_, message) => message.thread_id === threadId && store.take(message))];
    return () => stops.forEach((stop) => stop());
  }, [store, self.id, threadId]);

  const shown = useMemo(() => {
    const known = new Set(state.messages.flatMap(({ client_id }) => (client_id ? [client_id] : [])));
    const confirmed = state.messages.map((message) => {
      const view = views.get(message) ?? { ...message, out: outbox?.ownOf(message) ?? null, isPending: false };
      views.set(message, view);
      return view;
    });
    // Only where one sees the newest: elsewhere they would stand after what is older than they.
    const pending = state.newer === null ? waiting.filter(({ clientId }) => !known.has(clientId)).map((out) => pendingView(out, self)) : [];
    return [...confirmed, ...pending];
  }, [state.messages, state.newer, waiting, outbox, self, views]);

  return { store, state, outbox, shown };
}
