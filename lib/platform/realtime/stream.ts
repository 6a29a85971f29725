import type { ServerResponse } from "node:http";

/** What a client may leave unread, in bytes, before it is cut off; it resumes when it reads again. */
const MOST_UNREAD = 65_536;
/** Seconds after which a client that lost its stream comes again, at least and at most: not all at once. */
const RETRY_SECONDS = [1, 5] as const;

/** The one signed-in device that listens, and to which posts. */
export type Listening = { viewerId: string; sessionId: string; postIds: readonly string[] };

const retryMs = () => Math.round((RETRY_SECONDS[0] + Math.random() * (RETRY_SECONDS[1] - RETRY_SECONDS[0])) * 1_000);
/** The moment up to which a stream knows everything; opaque outside. */
export const writeEventId = (at: number): string => at.toString(36);

/** The moment of an event's id, null when it is none. */
export function readEventId(id: string | undefined): number | null {
  return id !== undefined && /^[0-9a-z]{8,9}$/.test(id) ? parseInt(id, 36) : null;
}

/** One open stream of server-sent events (the HTML standard, 9.2.6). */
export class Stream {
  #wasBehind = false;
  /** While what was missed is being told: up to when the client knew everything before. */
  knows: number | null = null;

  constructor(
    readonly listening: Listening,
    private readonly res: ServerResponse,
  ) {}

  begin(): void {
    this.res.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store, no-transform", "x-accel-buffering": "no" });
    this.#write(`retry: ${retryMs()}\n\n`);
  }

  /** `upTo`: everything before this moment was told, or is in this event. */
  tell(event: string, data: object, upTo: number): void {
    this.#write(`id: ${this.#idAt(upTo)}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** A sign of life. Who has read nothing since the last one is cut off. */
  beat(upTo: number): void {
    const isBehind = this.res.writableLength > 0;
    if (isBehind && this.#wasBehind) return this.cut();
    this.#wasBehind = isBehind;
    this.mark(upTo);
  }

  /** Says up to when everything was told: an id without data is no event, but is remembered by the client. */
  mark(upTo: number): void {
    this.#write(`:\nid: ${this.#idAt(upTo)}\n\n`);
  }

  #idAt(upTo: number): string {
    return writeEventId(this.knows === null ? upTo : Math.min(this.knows, upTo));
  }

  #write(text: string): void {
    if (this.res.writableEnded || this.res.destroyed) return;
    if (this.res.writableLength > MOST_UNREAD) return this.cut();
    this.res.write(text);
  }

  /** Ends it in good order: the client comes again after a while. */
  end(): void {
    if (!this.res.writableEnded) this.res.end(`retry: ${retryMs()}\n\n`);
  }

  cut(): void {
    this.res.destroy();
  }
}
