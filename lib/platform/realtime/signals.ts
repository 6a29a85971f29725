/** Of what streams tell; the domain that tells it reads what is to be told (lib/realtime). */
export const EVENTS = ["post", "comment", "notification", "feed"] as const;
export type EventKind = (typeof EVENTS)[number];

/**
 * Something changed. `id`: the post, or for `notification` the person. `of`: the comment, or the part of the post. `gone`: everybody saw the comment, and
 * does no longer.
 */
export type Signal = { event: EventKind; id: string; of?: string; gone?: true };

/** What of one subject is told together; a burst of new posts is one. */
export const subjectOf = ({ event, id }: Signal): string => (event === "feed" ? event : `${event}:${id}`);
/** Two of the same name say the same. */
export const nameOf = ({ event, id, of }: Signal): string => `${event}:${id}:${of ?? ""}`;

/** A signal as another process wrote it, null when it is none; another version of the app may be running beside this one. */
export function readSignal(text: string): Signal | null {
  try {
    const { event, id, of, gone } = JSON.parse(text) as Partial<Signal>;
    if (!EVENTS.some((known) => known === event) || typeof id !== "string") return null;
    return { event: event!, id, ...(typeof of === "string" ? { of } : {}), ...(gone === true ? { gone } : {}) };
  } catch {
    return null;
  }
}
