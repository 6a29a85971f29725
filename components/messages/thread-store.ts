import { request } from "@/components/interactions/request";
import { isLive, type LiveEvents, onLive } from "@/components/live/events";
import type { MessagePage, MessageReactionView, MessageView, SeenView, ThreadView } from "@/lib/messages/types";
import { merge } from "./log";
import { LONG_MS, onReturn } from "./on-return";
import { ReadMark } from "./read-mark";
import { Renewal } from "./renewal";
import { Typing } from "./typing";
import { Vanishing } from "./vanishing";

export type ThreadStart = { thread: ThreadView; page: MessagePage; seen: SeenView[]; /** When the server made it, ms. */ at: number };

export type ThreadState = ThreadStart["page"] & {
  thread: ThreadView;
  seen: SeenView[];
  /** Usernames of who writes now. */
  typing: readonly string[];
  loading: "older" | "newer" | null;
  /** Why the last page could not be had; null when it could. */
  problem: { of: "older" | "newer"; message: string } | null;
  /** The conversation is not the viewer's any more. */
  isGone: boolean;
};

/** Asked for by themselves where events do not come, ms. */
const POLL_MS = 10_000;
/** What was made longer ago is looked at again when it appears: it comes out of the router's memory. Clocks that differ look once too often, ms. */
const FRESH_MS = 3_000;
/** How somebody's being there changes is said by no event, ms. */
const PRESENCE_MS = 60_000;
/** Pages that are caught up on in one go; further ones come as one scrolls. */
const CAUGHT_UP = 4;

/** One conversation as far as it is loaded, and how it follows what others do. Lives as long as its screen. */
export class ThreadStore {
  state: ThreadState;
  #listeners = new Set<() => void>();
  #typing = new Typing((typing) => this.set({ typing }));
  #vanishing = new Vanishing((ids) => {
    this.#setMessages(this.state.messages.filter(({ id }) => !ids.includes(id)));
    void this.#renewal.load(ids);
  });
  readonly #path: string;
  readonly #renewal: Renewal;
  readonly #mark: ReadMark;
  /** Up to here everything is loaded; what one sent oneself may stand beyond what others wrote meanwhile. */
  #knownTo: string | null;
  #catching: Promise<void> | null = null;
  #catchAgain = false;
  /** When everything that is shown was last known to be so, ms. */
  #sureAt: number;

  constructor({ thread, page, seen, at }: ThreadStart) {
    this.#sureAt = at;
    this.#knownTo = page.messages.at(-1)?.id ?? null;
    this.state = { thread, seen, ...page, typing: [], loading: null, problem: null, isGone: false };
    this.#path = `/api/direct/${thread.id}`;
    this.#renewal = new Renewal(this.#path, { messages: () => this.state.messages, show: (messages) => this.#setMessages(messages) });
    this.#mark = new ReadMark(this.#path, () => this.state.thread.read_id, (read) => this.set({ thread: { ...this.state.thread, ...read } }));
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  snapshot = (): ThreadState => this.state;

  /** Follows what happens until the returned function is called. */
  start(): () => void {
    const isSeen = () => document.visibilityState === "visible";
    const poll = setInterval(() => !isLive() && isSeen() && this.#again(Date.now() - this.#sureAt > LONG_MS), POLL_MS);
    const presence = setInterval(() => isSeen() && this.state.thread.presence && void this.#loadThread(), PRESENCE_MS);
    const stops = [
      onLive("message", (event) => event.thread_id === this.state.thread.id && this.#hear(event)),
      onLive("typing", (event) => event.thread_id === this.state.thread.id && this.#typing.hear(event.username)),
      onLive("reload", () => this.#again(true)),
      onReturn((mayHaveMissed) => this.#again(mayHaveMissed)),
      () => this.#typing.stop(),
    ];
    // What happened since the page was made.
    this.#again(Math.abs(Date.now() - this.#sureAt) > FRESH_MS);
    this.#vanishing.watch(this.state.messages);
    return () => {
      clearInterval(poll);
      clearInterval(presence);
      this.#renewal.stop();
      this.#vanishing.stop();
      stops.forEach((stop) => stop());
    };
  }

  set(change: Partial<ThreadState>): void {
    this.state = { ...this.state, ...change };
    this.#listeners.forEach((listener) => listener());
  }

  setThread = (thread: ThreadView): void => this.set({ thread });

  #hear({ what, message_id: id }: LiveEvents["message"]): void {
    if (what === "sent") return void this.catchUp();
    if (what === "seen") return void this.#loadSeen();
    if (what === "thread") return void this.#loadThread();
    if (id !== null) this.#renewal.hear(id);
  }

  /** Has these messages as they are now. */
  reload(ids: readonly string[]): Promise<void> {
    return this.#renewal.load(ids);
  }

  /** Loads what followed the newest message that is shown; told again meanwhile, it looks once more. */
  catchUp(): Promise<void> {
    if (this.#catching) {
      this.#catchAgain = true;
      return this.#catching;
    }
    this.#catching = this.#catchUpNow().finally(() => {
      this.#catching = null;
      if (this.#catchAgain) {
        this.#catchAgain = false;
        void this.catchUp();
      }
    });
    return this.#catching;
  }

  async #catchUpNow(): Promise<void> {
    // Who reads far above comes down page by page.
    if (this.state.newer !== null) return;
    for (let pages = 0; pages < CAUGHT_UP; pages++) {
      const from = this.#knownTo;
      const outcome = await request<MessagePage>("GET", `${this.#path}/messages${from === null ? "" : `?after=${from}`}`);
      if (!outcome.ok) return this.#failed(outcome.code);
      // Another part was gone to meanwhile.
      if (from !== this.#knownTo) return;
      const { messages, newer, older } = outcome.data;
      this.#knownTo = messages.at(-1)?.id ?? from;
      for (const { sender } of messages) this.#typing.end(sender.username);
      this.#setMessages(merge(this.state.messages, messages), { newer, ...(from === null ? { older } : {}) });
      if (newer === null) return;
    }
  }

  #failed(code: string): void {
    if (code === "not_found") this.set({ isGone: true });
  }

  async loadOlder(): Promise<void> {
    const { older, loading } = this.state;
    if (older === null || loading) return;
    this.set({ loading: "older", problem: null });
    const outcome = await request<MessagePage>("GET", `${this.#path}/messages?before=${older}`);
    // Another part is shown by now: it would stand beside a gap.
    if (this.state.older !== older) return this.set({ loading: null });
    if (!outcome.ok) return this.set({ loading: null, problem: { of: "older", message: outcome.message } });
    this.#setMessages(merge(outcome.data.messages, this.state.messages), { older: outcome.data.older, loading: null });
  }

  async loadNewer(): Promise<void> {
    const { newer, loading } = this.state;
    if (newer === null || loading) return;
    this.set({ loading: "newer", problem: null });
    const outcome = await request<MessagePage>("GET", `${this.#path}/messages?after=${newer}`);
    if (this.state.newer !== newer) return this.set({ loading: null });
    if (!outcome.ok) return this.set({ loading: null, problem: { of: "newer", message: outcome.message } });
    this.#knownTo = outcome.data.messages.at(-1)?.id ?? newer;
    this.#setMessages(merge(this.state.messages, outcome.data.messages), { newer: outcome.data.newer, loading: null });
    this.#atEnd();
  }

  /** What was sent while one was further up was not loaded then. */
  #atEnd(): void {
    if (this.state.newer === null) void this.catchUp();
  }

  /** Shows another part of the conversation: around a message, or its newest. False when that failed. */
  async show(id: string | null): Promise<boolean> {
    const outcome = await request<MessagePage>("GET", `${this.#path}/messages${id === null ? "" : `?around=${id}`}`);
    if (!outcome.ok) return false;
    this.#knownTo = outcome.data.messages.at(-1)?.id ?? null;
    this.#setMessages(outcome.data.messages, { older: outcome.data.older, newer: outcome.data.newer, problem: null });
    this.#atEnd();
    return id === null || outcome.data.messages.some((message) => message.id === id);
  }

  /** A message that the server has answered with: one's own that was sent, or one that was changed. */
  take(message: MessageView): void {
    this.#renewal.known(message.id);
    if (this.state.newer === null || this.state.messages.some(({ id }) => id === message.id)) this.#setMessages(merge(this.state.messages, [message]));
  }

  drop(id: string): void {
    this.#setMessages(this.state.messages.filter((message) => message.id !== id));
  }

  setReactions(id: string, reactions: MessageReactionView[]): void {
    this.#setMessages(this.state.messages.map((message) => (message.id === id ? { ...message, reactions } : message)));
  }

  #setMessages(messages: MessageView[], change: Partial<ThreadState> = {}): void {
    this.set({ messages, ...change });
    this.#vanishing.watch(this.state.messages);
  }

  async #loadSeen(): Promise<void> {
    const outcome = await request<{ seen: SeenView[] }>("GET", `${this.#path}/seen`);
    if (outcome.ok) this.set({ seen: outcome.data.seen });
  }

  async #loadThread(): Promise<void> {
    const outcome = await request<ThreadView>("GET", this.#path);
    if (!outcome.ok) return this.#failed(outcome.code);
    this.set({ thread: outcome.data });
    await this.catchUp();
  }

  /** Something may have been missed: of what is new, or of all that is shown. */
  #again(ofAll: boolean): void {
    void (ofAll ? this.#lookAgain() : this.catchUp());
  }

  async #lookAgain(): Promise<void> {
    this.#sureAt = Date.now();
    await this.#loadThread();
    await Promise.all([this.#renewal.load(this.state.messages.map(({ id }) => id)), this.#loadSeen()]);
  }

  /** The viewer has seen everything up to this message. */
  read(upTo: string): Promise<void> {
    return this.#mark.set(upTo);
  }
}
