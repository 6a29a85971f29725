// What one has begun to write, for each conversation, on this device. In localStorage, since that alone can be written while a page is being closed.

const keyOf = (userId: string, threadId: string) => `heliograph.direct.${userId}.${threadId}`;
const listeners = new Set<() => void>();

export function readDraft(userId: string, threadId: string): string {
  try {
    return localStorage.getItem(keyOf(userId, threadId)) ?? "";
  } catch {
    return "";
  }
}

export function keepDraft(userId: string, threadId: string, text: string): void {
  try {
    if (text.trim() === "") localStorage.removeItem(keyOf(userId, threadId));
    else localStorage.setItem(keyOf(userId, threadId), text);
  } catch {
    // A device that forbids it keeps nothing.
  }
  listeners.forEach((listener) => listener());
}

/** Also hears what other tabs write. */
export function onDrafts(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}
