import type { MessageView } from "@/lib/messages/types";

/** Timers know no more than 24 days; nothing is lost by looking each day. */
const LONGEST_MS = 86_400_000;
/** What vanishes now has vanished at the server by then, ms. */
const MARGIN_MS = 50;

/** Tells of messages that go by themselves, when they go. */
export class Vanishing {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly gone: (ids: string[]) => void) {}

  watch(messages: readonly MessageView[]): void {
    this.stop();
    const times = messages.flatMap(({ vanishes_at: at }) => (at ? [Date.parse(at)] : []));
    if (times.length === 0) return;
    const look = () => this.gone(messages.filter(({ vanishes_at: at }) => at !== null && Date.parse(at) <= Date.now()).map(({ id }) => id));
    this.#timer = setTimeout(look, Math.min(Math.max(0, Math.min(...times) - Date.now()) + MARGIN_MS, LONGEST_MS));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
