// Whether something waits in a person's outbox, so that a page can ask without opening a database. Every page has this: it stays tiny.
const keyOf = (userId: string) => `heliograph.outbox.${userId}`;

export function hasWaiting(userId: string): boolean {
  try {
    return localStorage.getItem(keyOf(userId)) !== null;
  } catch {
    return false;
  }
}

export function setWaiting(userId: string, waits: boolean): void {
  try {
    if (waits) localStorage.setItem(keyOf(userId), "1");
    else localStorage.removeItem(keyOf(userId));
  } catch {
    // A device that forbids it sends on where the conversation is open.
  }
}
