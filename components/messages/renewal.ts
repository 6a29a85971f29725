import { request } from "@/components/interactions/request";
import type { MessagePage, MessageView } from "@/lib/messages/types";
import { patch, withAnswers } from "./log";

/** Changes told within this are asked for together, ms. */
const GATHER_MS = 40;
/** Messages that are asked for at once (the server's limit). */
const MOST_ASKED = 100;

type Shown = { messages: () => readonly MessageView[]; show: (messages: MessageView[]) => void };

/** Has messages that are shown as they are now. Questions are numbered: of each message it is known which answer it is from, since answers may overtake one another. */
export class Renewal {
  #asked = 0;
  #answered = new Map<string, number>();
  #waiting = new Set<string>();
  #gathering: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly path: string, private readonly shown: Shown) {}

  /** The server has said by another way how this message is. */
  known(id: string): void {
    this.#answered.set(id, ++this.#asked);
  }

  /** A message was changed, perhaps one among many. */
  hear(id: string): void {
    if (withAnswers(this.shown.messages(), [id]).length === 0) return;
    this.#waiting.add(id);
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      const ids = [...this.#waiting];
      this.#waiting.clear();
      void this.load(ids);
    }, GATHER_MS);
  }

  /** Loads these and what answers them; what is not there any more goes. */
  async load(changed: readonly string[]): Promise<void> {
    const all = withAnswers(this.shown.messages(), changed);
    for (let from = 0; from < all.length; from += MOST_ASKED) {
      const asked = ++this.#asked;
      const ids = all.slice(from, from + MOST_ASKED);
      const outcome = await request<MessagePage>("GET", `${this.path}/messages?ids=${ids.join(",")}`);
      if (!outcome.ok) continue;
      const current = ids.filter((id) => (this.#answered.get(id) ?? 0) < asked);
      for (const id of current) this.#answered.set(id, asked);
      this.shown.show(patch(this.shown.messages(), current, outcome.data.messages));
    }
  }

  stop(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
  }
}
