import { createStore, del, entries, set, type UseStore } from "idb-keyval";
import { setWaiting } from "./outbox-flag";
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
export async function keepOutgoing(userId: string, message: Outgoing): Promise<boolean> {
  // Before, since the tab may be closed at any moment; after, since another tab may have found the box empty just then.
  setWaiting(userId, true);
  const isKept = await set(keyOf(userId, message.clientId), message, box()).then(() => true, () => false);
  if (isKept) setWaiting(userId, true);
  return isKept;
}

export async function dropOutgoing(userId: string, clientId: string): Promise<void> {
  await del(keyOf(userId, clientId), box()).catch(() => {});
  await noteWaiting(userId);
}

/** Pages need not look here any more when it is empty. Looks once more after that was said, since another tab may have kept something meanwhile. */
export async function noteWaiting(userId: string): Promise<void> {
  const isEmpty = async () => ((await readOutbox(userId)) ?? []).length === 0;
  if (!(await isEmpty())) return;
  setWaiting(userId, false);
  if (!(await isEmpty())) setWaiting(userId, true);
}
