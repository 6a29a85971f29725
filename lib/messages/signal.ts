import { signal } from "@/lib/platform/realtime/signal";

/** Tells of a new message, after it was committed. */
export const signalSent = (threadId: string, messageId: string): void => signal({ event: "message", id: threadId, of: messageId, what: "sent" });
/** A message is another one now, or gone. */
export const signalChanged = (threadId: string, messageId: string): void => signal({ event: "message", id: threadId, of: messageId, what: "changed" });
/** Name, people, or how it stands: for all who are in it, or for one alone, also when they are not in it any more. */
export const signalThread = (threadId: string, forUser?: string): void => signal({ event: "message", id: threadId, what: "thread", ...(forUser ? { of: forUser } : {}) });
/** Somebody has read on. */
export const signalSeen = (threadId: string, userId: string): void => signal({ event: "message", id: threadId, of: userId, what: "seen" });
export const signalTyping = (threadId: string, userId: string): void => signal({ event: "typing", id: threadId, of: userId });
