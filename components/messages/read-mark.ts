import { request } from "@/components/interactions/request";
import { compareIds } from "@/lib/platform/compare-ids";

type Read = { read_id: string; unread_count: number };

/** How far one has read a conversation, as the server is told: only forward, and one request at a time. */
export class ReadMark {
  #isTelling = false;
  #wanted = "0";

  /** `known`: up to where the server has it; `told`: what it answers. */
  constructor(private readonly path: string, private readonly known: () => string, private readonly told: (read: Read) => void) {}

  async set(upTo: string): Promise<void> {
    if (compareIds(upTo, this.#wanted) <= 0 || compareIds(upTo, this.known()) <= 0) return;
    this.#wanted = upTo;
    if (this.#isTelling) return;
    this.#isTelling = true;
    for (let sent = "0"; compareIds(this.#wanted, sent) > 0; ) {
      sent = this.#wanted;
      const outcome = await request<Read>("POST", `${this.path}/read`, { body: { up_to: sent } });
      if (outcome.ok) this.told(outcome.data);
      // Said again with the next one that is seen.
      else this.#wanted = "0";
    }
    this.#isTelling = false;
  }
}
