import http from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Account, Front } from "../chaos/client";

/** A stream from which nothing came for so long, no sign of life either, is given up. */
const SILENT_MS = 30_000;
const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [250, 5_000];
const COMMENTS = 100;

/** One open page: hears of the comments on its posts, resumes elsewhere when its stream ends, and loads anew when it is told to. */
export class Screen {
  /** When it knew of each comment, and whether by loading. */
  readonly known = new Map<string, { at: number; isLoaded: boolean }>();
  reloads = 0;
  /** Streams after the first. */
  resumed = 0;
  /** Where its stream is; null while it has none. */
  server: string | null = null;
  #lastId = "";
  #isEnded = false;
  #request: http.ClientRequest | null = null;

  constructor(readonly posts: readonly string[], private readonly account: Account, private readonly front: Front) {}

  /** Resolves when the first stream is open; it goes on until `end`. */
  open(): Promise<void> {
    return new Promise((resolve) => void this.#live(resolve));
  }

  end(): void {
    this.#isEnded = true;
    this.#request?.destroy();
  }

  async #live(opened: () => void): Promise<void> {
    for (let wait = FIRST_WAIT_MS; !this.#isEnded; wait = Math.min(LONGEST_WAIT_MS, 2 * wait)) {
      const server = this.front.pick();
      const wasOpen = await this.#listen(server, opened);
      this.server = null;
      if (wasOpen) [wait, this.resumed] = [FIRST_WAIT_MS, this.resumed + 1];
      else this.front.failed(server);
      await pause(wait * (0.5 + Math.random()));
    }
  }

  /** One stream to its end. Whether it was one. */
  #listen(server: string, opened: () => void): Promise<boolean> {
    return new Promise((resolve) => {
      let isOpen = false;
      const headers = { authorization: `Bearer ${this.account.token}`, ...(this.#lastId ? { "last-event-id": this.#lastId } : {}) };
      const request = http.request(`${server}/api/stream?topics=${this.posts.map((id) => `post:${id}`).join(",")}`, { agent: false, headers }, (answer) => {
        if (answer.statusCode !== 200) return void answer.resume().once("close", () => resolve(false));
        [isOpen, this.server] = [true, server];
        let unread = "";
        answer.setEncoding("utf8").on("error", () => {}).once("close", () => resolve(true)).on("data", (text: string) => {
          const whole = (unread + text).split("\n\n");
          unread = whole.pop()!;
          for (const event of whole) this.#read(event, opened);
        });
      });
      this.#request = request;
      request.setTimeout(SILENT_MS, () => request.destroy()).on("error", () => !isOpen && resolve(false)).end();
    });
  }

  #read(text: string, opened: () => void): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(text)?.[1];
    this.#lastId = field("id") ?? this.#lastId;
    const event = field("event");
    if (event === "open") opened();
    if (event === "comment") this.#learn((JSON.parse(field("data")!) as { comment_id: string }).comment_id, false);
    if (event === "reload") void this.#reload((JSON.parse(field("data")!) as { after_ms: number }).after_ms);
  }

  #learn(comment: string, isLoaded: boolean): void {
    if (!this.known.has(comment)) this.known.set(comment, { at: Date.now(), isLoaded });
  }

  async #reload(afterMs: number): Promise<void> {
    this.reloads++;
    await pause(afterMs);
    for (const post of this.posts) for (const id of await this.#load(post)) this.#learn(id, true);
  }

  async #load(post: string): Promise<string[]> {
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(LONGEST_WAIT_MS, 2 * wait)) {
      const server = this.front.pick();
      const answer = await fetch(`${server}/api/posts/${post}/comments?sort=newest&limit=${COMMENTS}`, { headers: { authorization: `Bearer ${this.account.token}` } }).catch(() => null);
      if (answer?.ok) return ((await answer.json()) as { comments: { id: string }[] }).comments.map(({ id }) => id);
      this.front.failed(server);
      await pause(wait);
    }
  }
}
