import { EventSourceParserStream } from "eventsource-parser/stream";
import { compareIds } from "@/lib/platform/compare-ids";
import { fromPage } from "@/lib/platform/viewer/person-header";
import type { LiveEvents, LiveKind } from "./events";

/** The first event must have come by then, ms; who holds answers back until they end lets none through. */
const OPEN_MS = 8_000;
/** The server gives a sign of life every 20 s. */
const SILENT_MS = 45_000;
/** Pauses after failures, ms: doubled each time, and not the same for all. */
const PAUSE_MS = [1_000, 10_000] as const;
/** Where answers are held back it is asked so often, ms, with somebody looking and without. */
const POLL_MS = { seen: 10_000, unseen: 60_000 };
/** And after that long it is tried whether they still are. */
const BLOCKED_MS = 300_000;
/** A change of topics waits for others that come with it, ms. */
const SETTLE_MS = 300;

const KINDS: ReadonlySet<string> = new Set<LiveKind>(["post", "comment", "notification", "feed", "message", "typing", "reload"]);

type Heard = {
  event: <K extends LiveKind>(kind: K, data: LiveEvents[K]) => void;
  /** Up to where everything was heard; from there another connection goes on. */
  position: (id: string) => void;
  connected: (isConnected: boolean) => void;
};
/** How an attempt ended: in good order, by a failure, by answers that are held back, for new topics, or for good. */
type End = { why: "ended" | "failed" | "blocked" | "topics" | "refused"; waitMs?: number };

/** One stream of events at a time, taken up again where it was lost, until it is ended. */
export class Connection {
  #topics: readonly string[] = [];
  #open: ReadonlySet<string> = new Set();
  #attempt: AbortController | null = null;
  #lastSign = 0;
  #retryMs = 2_000;
  #timesBlocked = 0;
  #blockedAt = 0;
  #isEnded = false;
  #from: string | null = null;
  #wake: (() => void) | null = null;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(private position: string | null, private readonly heard: Heard) {}

  /** Has it hear of these posts, too; of others as long as that costs nothing. */
  setTopics(topics: readonly string[]): void {
    this.#topics = topics;
    if (topics.every((topic) => this.#open.has(topic))) return;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      if (!this.#topics.every((topic) => this.#open.has(topic))) this.#attempt?.abort("topics");
    }, SETTLE_MS);
  }

  /** Hears again of what happened since then, because somebody listens by now who did not. */
  goBack(id: string): void {
    if (this.#from === null || compareIds(id, this.#from) < 0) this.#from = id;
    this.#attempt?.abort("topics");
  }

  /** The network is back, or somebody looks again: does not wait any longer, and does not trust what has been silent. */
  hurry(): void {
    if (this.#attempt && Date.now() - this.#lastSign > SILENT_MS) this.#attempt.abort("silent");
    this.#wake?.();
  }

  /** Resolves when it was ended, or the session is over. */
  async run(): Promise<void> {
    let failures = 0;
    while (!this.#isEnded) {
      const isPolling = this.#timesBlocked >= 2 && Date.now() - this.#blockedAt < BLOCKED_MS;
      const { why, waitMs } = await this.#listen(isPolling);
      this.heard.connected(isPolling && why === "ended");
      if (why === "refused") return;
      failures = why === "failed" ? failures + 1 : 0;
      if (why === "blocked") {
        this.#timesBlocked++;
        this.#blockedAt = Date.now();
      } else if (why === "ended" && !isPolling) this.#timesBlocked = 0;
      if (why !== "topics" && why !== "blocked" && !this.#isEnded) await this.#pause(waitMs ?? this.#pauseMs(isPolling, failures));
    }
  }

  #pauseMs(isPolling: boolean, failures: number): number {
    if (failures > 0) return Math.min(PAUSE_MS[0] * 2 ** (failures - 1), PAUSE_MS[1]) * (0.5 + Math.random());
    return isPolling ? POLL_MS[document.hidden ? "unseen" : "seen"] : this.#retryMs;
  }

  #pause(ms: number): Promise<void> {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => (clearTimeout(timer), resolve());
    }).then(() => void (this.#wake = null));
  }

  async #listen(isOnce: boolean): Promise<End> {
    if (this.#from) this.position = this.#from;
    this.#from = null;
    const attempt = new AbortController();
    this.#attempt = attempt;
    const topics = [...this.#topics];
    this.#open = new Set(topics);
    const query = new URLSearchParams({ topics: topics.map((id) => `post:${id}`).join(","), ...(isOnce ? { once: "true" } : {}) });
    const timers = [setTimeout(() => attempt.abort("blocked"), OPEN_MS), setInterval(() => Date.now() - this.#lastSign > SILENT_MS && attempt.abort("silent"), 5_000)];
    this.#lastSign = Date.now();
    try {
      const answer = await fetch(`/api/stream?${query}`, {
        headers: { accept: "text/event-stream, application/json", ...fromPage(), ...(this.position === null ? {} : { "last-event-id": this.position }) }, cache: "no-store", signal: attempt.signal,
      });
      if (!answer.ok || !answer.body) return refusal(answer);
      return { why: (await this.#read(answer.body, () => clearTimeout(timers[0]))) ? "refused" : "ended" };
    } catch {
      return { why: attempt.signal.reason === "topics" || attempt.signal.reason === "blocked" ? attempt.signal.reason : "failed" };
    } finally {
      timers.forEach(clearTimeout);
      this.#attempt = null;
      this.#open = new Set();
    }
  }

  /** Whether the session is over. */
  async #read(body: ReadableStream<Uint8Array>, opened: () => void): Promise<boolean> {
    const sign = () => void (this.#lastSign = Date.now());
    const parser = new EventSourceParserStream({
      onComment: sign,
      onRetry: (ms) => void (this.#retryMs = ms),
      // Also ids of no event: the server says by them up to where all was told.
      onId: (id) => {
        sign();
        this.position = id ?? null;
        if (id) this.heard.position(id);
      },
    });
    const events = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).pipeThrough(parser).getReader();
    for (let next = await events.read(); !next.done; next = await events.read()) {
      const { event = "", data } = next.value;
      if (event === "open") {
        opened();
        this.heard.connected(true);
      } else if (event === "signed_out") return true;
      else if (KINDS.has(event)) this.heard.event(event as LiveKind, JSON.parse(data) as never);
    }
    return false;
  }

  end(): void {
    this.#isEnded = true;
    clearTimeout(this.#settling);
    this.#attempt?.abort("ended");
    this.#wake?.();
  }
}

/** Signed out, or somebody else's by now: the page hears of nothing any more. Anything else may pass. */
function refusal(answer: Response): End {
  if (answer.status === 401 || answer.status === 409) return { why: "refused" };
  const seconds = Number(answer.headers.get("retry-after"));
  return { why: "failed", ...(seconds > 0 ? { waitMs: seconds * 1_000 * (1 + Math.random()) } : {}) };
}
