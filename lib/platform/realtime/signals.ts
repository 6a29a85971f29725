/** Of what streams tell; the domain that tells it reads what is to be told (lib/realtime). */
export const EVENTS = ["post", "comment", "notification", "feed", "message", "typing"] as const;
export type EventKind = (typeof EVENTS)[number];

/**
 * Something changed. `id`: the post, or for `notification` the person. `of`: the comment, or the part of the post. `gone`: everybody saw the comment, and
 * does no longer. For `message` and `typing` `id` is the conversation, `of` the message or the person, and `what` says what happened;
 * `thread` with `of` is for that person alone.
 */
export type Signal = { event: EventKind; id: string; of?: string; gone?: true; what?: What };

const WHATS = ["sent", "changed", "thread", "seen"] as const;
type What = (typeof WHATS)[number];

/** Told at once, however many come. */
export const isPrompt = ({ event, what }: Signal): boolean => event === "typing" || (event === "message" && what === "sent");
/** Means nothing a moment later. */
export const isPassing = ({ event }: Signal): boolean => event === "typing";

/** What of one subject is told together; a burst of new posts is one. That many have read on must not push out what else happened. */
export const subjectOf = ({ event, id, what }: Signal): string => (event === "feed" ? event : `${event}:${id}${what === "seen" ? ":seen" : ""}`);
/** Two of the same name say the same. */
export const nameOf = ({ event, id, of, what }: Signal): string => `${event}:${id}:${of ?? ""}${what === undefined ? "" : `:${what}`}`;

/** A signal as another process wrote it, null when it is none; another version of the app may be running beside this one. */
export function readSignal(text: string): Signal | null {
  try {
    const { event, id, of, gone, what } = JSON.parse(text) as Partial<Signal>;
    if (!EVENTS.some((known) => known === event) || typeof id !== "string") return null;
    return { event: event!, id, ...(typeof of === "string" ? { of } : {}), ...(gone === true ? { gone } : {}), ...(WHATS.some((known) => known === what) ? { what } : {}) };
  } catch {
    return null;
  }
}
