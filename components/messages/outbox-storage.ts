import { createStore, del, entries, set, type UseStore } from "idb-keyval";
import type { Outgoing } from "./outgoing";

// Messages that wait lie in IndexedDB, which takes bytes and is shared by all tabs. Where a browser forbids it (private windows of some), they live as long as their tab.
let store: UseStore | undefined;
const box = () => (store ??= createStore("heliograph-outbox", "messages"));
const keyOf = (userId: string, clientId: string) => `${userId}/${clientId}`;

/** What waits of a person, the oldest first; null where nothing can be kept. */
export async function readOutbox(userId: string): Promise<Outgoing[] | null> {
  try {
    const all = await entries<string, Outgoing>(box());
    return all.flatMap(([key, message]) => (key.startsWith(`${userId}/`) ? [message] : [])).sort((a, b) => a.at - b.at);
  } catch {
    return null;
  }
}

/** False when the device has no room or forbids it. */
export const keepOutgoing = (userId: string, message: Outgoing): Promise<boolean> => set(keyOf(userId, message.clientId), message, box()).then(() => true, () => false);

export const dropOutgoing = (userId: string, clientId: string): Promise<void> => del(keyOf(userId, clientId), box()).catch(() => {});
