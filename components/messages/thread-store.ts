import { request } from "@/components/interactions/request";
import { isLive, type LiveEvents, onLive } from "@/components/live/events";
import type { MessagePage, MessageReactionView, MessageView, SeenView, ThreadView } from "@/lib/messages/types";
import { compareIds, merge, patch } from "./log";

export type ThreadStart = { thread: ThreadView; page: MessagePage; seen: SeenView[] };

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

/** How long somebody is shown as writing, ms. */
const TYPING_MS = 5_000;
/** Asked for by themselves where events do not come, ms. */
const POLL_MS = 10_000;
/** Changes told within this are asked for together, ms. */
const GATHER_MS = 40;
/** Of the messages on the screen so many are looked at again when something may have been missed. */
const LOOKED_AT = 60;
/** Pages that are caught up on in one go; further ones come as one scrolls. */
const CAUGHT_UP = 4;

/** One conversation as far as it is loaded, and how it follows what others do. Lives as long as its screen. */
export class ThreadStore {
  state: ThreadState;
  #listeners = new Set<() => void>();
  #typingTimers = new Map<string, ReturnType<typeof setTimeout>>();
  #changed = new Set<string>();
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #vanishing: ReturnType<typeof setTimeout> | undefined;
  /** Up to here everything is loaded; what one sent oneself may stand beyond what others wrote meanwhile. */
  #knownTo: string | null;
  #catching: Promise<void> | null = null;
  #catchAgain = false;
  #reading = false;
  #wantedRead = "0";

  constructor({ thread, page, seen }: ThreadStart) {
    this.#knownTo = page.messages.at(-1)?.id ?? null;
    this.state = { thread, seen, ...page, typing: [], loading: null, problem: null, isGone: false };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  snapshot = (): ThreadState => this.state;

  get #path(): string {
    return `/api/direct/${this.state.thread.id}`;
  }

  /** Follows what happens until the returned function is called. */
  start(): () => void {
    const again = () => document.visibilityState === "visible" && void this.catchUp();
    const poll = setInterval(() => !isLive() && again(), POLL_MS);
    const stops = [
      onLive("message", (event) => event.thread_id === this.state.thread.id && this.#hear(event)),
      onLive("typing", (event) => event.thread_id === this.state.thread.id && this.#hearTyping(event)),
      onLive("reload", () => void this.#lookAgain()),
    ];
    window.addEventListener("online", again);
    document.addEventListener("visibilitychange", again);
    // What happened since the page was made; also when it comes out of the router's memory.
    void this.catchUp();
    this.#watchVanishing();
    return () => {
      clearInterval(poll);
      clearTimeout(this.#gathering);
      clearTimeout(this.#vanishing);
      this.#typingTimers.forEach((timer) => clearTimeout(timer));
      stops.forEach((stop) => stop());
      window.removeEventListener("online", again);
      document.removeEventListener("visibilitychange", again);
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
    if (id === null || !this.state.messages.some((message) => message.id === id)) return;
    this.#changed.add(id);
    this.#gathering ??= setTimeout(() => void this.#loadChanged(), GATHER_MS);
  }

  async #loadChanged(): Promise<void> {
    this.#gathering = undefined;
    const ids = [...this.#changed];
    this.#changed.clear();
    await this.reload(ids);
  }

  /** Has these messages as they are now; what is not there any more goes. */
  async reload(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const outcome = await request<MessagePage>("GET", `${this.#path}/messages?ids=${ids.join(",")}`);
    if (outcome.ok) this.#setMessages(patch(this.state.messages, ids, outcome.data.messages));
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
      for (const { sender } of messages) this.#endTyping(sender.username);
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
    if (!outcome.ok) return this.set({ loading: null, problem: { of: "older", message: outcome.message } });
    this.#setMessages(merge(outcome.data.messages, this.state.messages), { older: outcome.data.older, loading: null });
  }

  async loadNewer(): Promise<void> {
    const { newer, loading } = this.state;
    if (newer === null || loading) return;
    this.set({ loading: "newer", problem: null });
    const outcome = await request<MessagePage>("GET", `${this.#path}/messages?after=${newer}`);
    if (!outcome.ok) return this.set({ loading: null, problem: { of: "newer", message: outcome.message } });
    this.#knownTo = outcome.data.messages.at(-1)?.id ?? newer;
    this.#setMessages(merge(this.state.messages, outcome.data.messages), { newer: outcome.data.newer, loading: null });
  }

  /** Shows another part of the conversation: around a message, or its newest. False when that failed. */
  async show(id: string | null): Promise<boolean> {
    const outcome = await request<MessagePage>("GET", `${this.#path}/messages${id === null ? "" : `?around=${id}`}`);
    if (!outcome.ok) return false;
    this.#knownTo = outcome.data.messages.at(-1)?.id ?? null;
    this.#setMessages(outcome.data.messages, { older: outcome.data.older, newer: outcome.data.newer, problem: null });
    return id === null || outcome.data.messages.some((message) => message.id === id);
  }

  /** A message that the server has answered with: one's own that was sent, or one that was changed. */
  take(message: MessageView): void {
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
    this.#watchVanishing();
  }

  /** Takes away what goes by itself, when it goes. */
  #watchVanishing(): void {
    clearTimeout(this.#vanishing);
    const times = this.state.messages.flatMap(({ vanishes_at: at }) => (at ? [Date.parse(at)] : []));
    if (times.length === 0) return;
    // Timers know no more than 24 days.
    this.#vanishing = setTimeout(() => {
      const now = Date.now();
      this.#setMessages(this.state.messages.filter(({ vanishes_at: at }) => at === null || Date.parse(at) > now));
    }, Math.min(Math.max(0, Math.min(...times) - Date.now()) + 50, 86_400_000));
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

  /** Something may have been missed. */
  async #lookAgain(): Promise<void> {
    await this.#loadThread();
    await Promise.all([this.reload(this.state.messages.slice(-LOOKED_AT).map(({ id }) => id)), this.#loadSeen()]);
  }

  #hearTyping({ username }: LiveEvents["typing"]): void {
    clearTimeout(this.#typingTimers.get(username));
    this.#typingTimers.set(username, setTimeout(() => this.#endTyping(username), TYPING_MS));
    if (!this.state.typing.includes(username)) this.set({ typing: [...this.state.typing, username] });
  }

  #endTyping(username: string): void {
    clearTimeout(this.#typingTimers.get(username));
    this.#typingTimers.delete(username);
    if (this.state.typing.includes(username)) this.set({ typing: this.state.typing.filter((name) => name !== username) });
  }

  /** The viewer has seen everything up to this message. Only forward, and one request at a time. */
  async read(upTo: string): Promise<void> {
    if (compareIds(upTo, this.#wantedRead) <= 0 || compareIds(upTo, this.state.thread.read_id) <= 0) return;
    this.#wantedRead = upTo;
    if (this.#reading) return;
    this.#reading = true;
    for (let sent = "0"; compareIds(this.#wantedRead, sent) > 0; ) {
      sent = this.#wantedRead;
      const outcome = await request<{ read_id: string; unread_count: number }>("POST", `${this.#path}/read`, { body: { up_to: sent } });
      if (outcome.ok) this.set({ thread: { ...this.state.thread, ...outcome.data } });
      // Said again with the next one that is seen.
      else this.#wantedRead = "0";
    }
    this.#reading = false;
  }
}
