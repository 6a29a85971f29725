// What one does elsewhere on the page with a conversation, for the lists that show it.
import type { Folder, ThreadView } from "@/lib/messages/types";

type Change = { kind: "set"; thread: ThreadView } | { kind: "gone"; folder: Folder | null; id: string };

const listeners = new Set<(change: Change) => void>();

export function onInboxChange(listener: (change: Change) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** How a conversation is now. */
export const showInInbox = (thread: ThreadView): void => listeners.forEach((listener) => listener({ kind: "set", thread }));

/** `folder`: null takes it from both. */
export const removeFromInbox = (folder: Folder | null, id: string): void => listeners.forEach((listener) => listener({ kind: "gone", folder, id }));
