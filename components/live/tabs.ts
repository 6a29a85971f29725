// One connection for all tabs of a person: whoever holds the lock has it and passes on what comes. Browsers give a lock on when its tab goes.
import { compareIds } from "@/lib/platform/compare-ids";
import { Connection } from "./connection";
import { type LiveEvents, type LiveKind, onTopics, setLive, tellPage, watchedPosts } from "./events";

/** Most topics of one stream (the server's limit). */
const MOST_TOPICS = 100;
const SIGN_MS = 5_000;
/** A page's posts come one by one and are told of together, ms. */
const GATHER_MS = 100;
/** A tab in sight that has heard no sign of life for so long takes the lock: phones put tabs to sleep that nobody looks at. */
const DEAD_MS = 14_000;
/** Hidden tabs may speak once a minute only. */
const FORGET_MS = 150_000;
/** A word from tab to tab takes no longer than that, ms. */
const MARGIN_MS = 1_000;

type Wish = { topics: string[]; isSeen: boolean };
type Word =
  | { kind: "event"; event: LiveKind; data: unknown }
  /** `to`: the tab that is heard of for the first time. */
  | { kind: "sign"; position: string | null; isLive: boolean; to?: string }
  /** `late`: of a tab that has not been met yet: the moment of its page as a position, and how old the page is, ms. */
  | { kind: "wish"; tab: string; wish: Wish; late?: { since: string; age: number } }
  | { kind: "gone"; tab: string }
  /** The session is over: nobody needs to ask again. */
  | { kind: "over" }
  /** Somebody new leads and wants to know what all wish. */
  | { kind: "who" };

const ownTopics = (): string[] => watchedPosts().slice(0, MOST_TOPICS);

type Start = { personId: string; /** The moment of the page, as a position in the stream of events. */ position: string };

/** Has this page hear of what happens, until the returned function is called; that answers up to where it has heard, to go on from. */
export function goLive({ personId, position }: Start): () => string {
  return "locks" in navigator && typeof BroadcastChannel === "function" ? shareConnection(personId, position) : connectWhileSeen(position);
}

/** Acts on an event in this tab. */
function pass(event: LiveKind, data: unknown): void {
  if (event !== "reload") return tellPage(event, data as never);
  // All clients of a server may be told at once.
  setTimeout(() => tellPage("reload", data as LiveEvents["reload"]), (data as LiveEvents["reload"]).after_ms);
}

function shareConnection(personId: string, start: string): () => string {
  const name = `heliograph-live-${personId}`;
  const tab = crypto.randomUUID();
  const channel = new BroadcastChannel(name);
  const wishes = new Map<string, { wish: Wish; at: number }>();
  let position: string | null = start;
  let isMet = false;
  /** As the leader: when something was last passed on, ms. */
  let passedAt = 0;
  let lastSign = Date.now();
  let connection: Connection | null = null;
  let isUp = false;
  let waiting = new AbortController();
  let isOver = false;

  const say = (word: Word) => channel.postMessage(word);
  const ownWish = (): Wish => ({ topics: ownTopics(), isSeen: !document.hidden });
  const wish = () => (connection ? follow(tab, ownWish()) : say({ kind: "wish", tab, wish: ownWish(), ...(isMet ? {} : { late: { since: start, age: performance.now() } }) }));

  let gathering: ReturnType<typeof setTimeout> | undefined;
  const wishSoon = () => {
    clearTimeout(gathering);
    gathering = setTimeout(wish, GATHER_MS);
  };

  /** As the leader: keeps what a tab wishes, and has the connection follow. */
  function follow(from: string, wanted: Wish | null): void {
    wishes.delete(from);
    if (wanted) wishes.set(from, { wish: wanted, at: Date.now() });
    for (const [known, { at }] of wishes) if (known !== tab && Date.now() - at > FORGET_MS) wishes.delete(known);
    const inOrder = [...wishes.values()].map((one) => one.wish).sort((a, b) => Number(b.isSeen) - Number(a.isSeen));
    connection?.setTopics([...new Set(inOrder.flatMap(({ topics }) => topics))].slice(0, MOST_TOPICS));
  }

  /** As the leader: a tab that begins to listen hears what has been passed on since its page was made. Told by this device's clock alone. */
  function meet(who: string, { since, age }: { since: string; age: number }): void {
    if (passedAt > Date.now() - age - MARGIN_MS) {
      if (position === null || compareIds(since, position) < 0) position = since;
      connection?.goBack(position);
    }
    say({ kind: "sign", position, isLive: isUp, to: who });
  }

  async function lead(): Promise<void> {
    isMet = true;
    const own = (connection = new Connection(position, {
      event: (event, data) => {
        passedAt = Date.now();
        pass(event, data);
        say({ kind: "event", event, data });
      },
      position: (id) => void (position = id),
      connected: (isConnected) => {
        isUp = isConnected;
        setLive(isUp);
        say({ kind: "sign", position, isLive: isUp });
      },
    }));
    wishes.clear();
    follow(tab, ownWish());
    say({ kind: "who" });
    await own.run();
    if (connection === own) over();
  }

  function over(): void {
    if (connection) say({ kind: "over" });
    isOver = true;
    waiting.abort();
    lay();
    setLive(false);
  }

  function lay(): void {
    connection?.end();
    connection = null;
    isUp = false;
  }

  /** Waits until no other tab leads, or (`steal`) leads in another's place. */
  async function queue(steal: boolean): Promise<void> {
    const mine = steal ? null : (waiting = new AbortController());
    if (steal) waiting.abort();
    try {
      await navigator.locks.request(name, mine ? { signal: mine.signal } : { steal }, lead);
    } catch {
      if (mine?.signal.aborted || isOver) return;
      // Another tab leads in this one's place.
      lay();
      void queue(false);
    }
  }

  channel.onmessage = ({ data: word }: MessageEvent<Word>) => {
    if (word.kind === "event") {
      lastSign = Date.now();
      pass(word.event, word.data);
    } else if (word.kind === "sign") {
      lastSign = Date.now();
      isMet ||= word.to === tab;
      position = word.position ?? position;
      setLive(word.isLive);
    } else if (word.kind === "over") over();
    else if (word.kind === "who") wish();
    else if (connection) {
      follow(word.tab, word.kind === "wish" ? word.wish : null);
      if (word.kind === "wish" && word.late) meet(word.tab, word.late);
    }
  };

  function look(): void {
    wish();
    if (!document.hidden) connection?.hurry();
  }
  const hurry = () => connection?.hurry();
  const timer = setInterval(() => {
    if (connection) say({ kind: "sign", position, isLive: isUp });
    else if (!isOver && !document.hidden && Date.now() - lastSign > DEAD_MS) {
      lastSign = Date.now();
      void queue(true);
    }
  }, SIGN_MS);
  const wishing = setInterval(wish, 30_000);
  const stop = onTopics(wishSoon);
  document.addEventListener("visibilitychange", look);
  window.addEventListener("online", hurry);
  void queue(false);
  wish();

  return () => {
    isOver = true;
    waiting.abort();
    clearInterval(timer);
    clearInterval(wishing);
    clearTimeout(gathering);
    stop();
    document.removeEventListener("visibilitychange", look);
    window.removeEventListener("online", hurry);
    lay();
    setLive(false);
    say({ kind: "gone", tab });
    channel.close();
    return position ?? start;
  };
}

/** Where tabs cannot agree (no secure address): each has its own while it is looked at, since browsers open few connections to one server. */
function connectWhileSeen(start: string): () => string {
  let position: string | null = start;
  let connection: Connection | null = null;

  function look(): void {
    if (document.hidden) {
      connection?.end();
      connection = null;
      setLive(false);
    } else if (!connection) {
      connection = new Connection(position, { event: pass, position: (id) => void (position = id), connected: setLive });
      connection.setTopics(ownTopics());
      void connection.run();
    }
  }
  const hurry = () => connection?.hurry();
  const stop = onTopics(() => connection?.setTopics(ownTopics()));
  document.addEventListener("visibilitychange", look);
  window.addEventListener("online", hurry);
  look();
  return () => {
    stop();
    document.removeEventListener("visibilitychange", look);
    window.removeEventListener("online", hurry);
    connection?.end();
    setLive(false);
    return position ?? start;
  };
}
