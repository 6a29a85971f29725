"use client";
// What the server tells pages while they are open (GET /api/stream). Small, since every page has it; connection.ts, which brings the events, is fetched later.

/** What is told, by kind. `as_of`: when the numbers were read, by the server's clock. */
export type LiveEvents = {
  post: { post_id: string; like_count: number | null; comment_count: number; reactions?: true; as_of: string };
  comment: { post_id: string; comment_id: string; parent_id: string | null; gone: boolean };
  notification: { unread_count: number };
  feed: { newest_id: string };
  /** Of a conversation of one's own; both counts to 100, as the navigation shows them. */
  message: { thread_id: string; message_id: string | null; what: "sent" | "changed" | "thread" | "seen"; unread_count: number; request_count: number };
  /** Somebody else in it writes; to be shown for some seconds. */
  typing: { thread_id: string; user_id: string; username: string };
  /** Something may have been missed: load anew what is shown. */
  reload: { after_ms: number };
};
export type LiveKind = keyof LiveEvents;

type Listener<K extends LiveKind> = (data: LiveEvents[K]) => void;

const listeners = new Map<LiveKind, Set<Listener<never>>>();
/** Posts on the page, and how many places show each. The latest stand last. */
const watched = new Map<string, number>();
const topicListeners = new Set<() => void>();
let isConnected = false;

/** Calls the listener with each event of this kind until the returned function is called. */
export function onLive<K extends LiveKind>(kind: K, listener: Listener<K>): () => void {
  const set = listeners.get(kind) ?? new Set();
  listeners.set(kind, set.add(listener as Listener<never>));
  return () => void set.delete(listener as Listener<never>);
}

export function tellPage<K extends LiveKind>(kind: K, data: LiveEvents[K]): void {
  for (const listener of listeners.get(kind) ?? []) (listener as Listener<K>)(data);
}

/** Events come as they happen; where they do not, whoever wants to know asks by themselves. */
export const isLive = (): boolean => isConnected;
export const setLive = (connected: boolean): void => void (isConnected = connected);

/** Has the page hear of a post while it is shown, until the returned function is called. */
export function watchPost(id: string): () => void {
  const places = watched.get(id) ?? 0;
  watched.set(id, places + 1);
  if (places === 0) tellTopics();
  return () => {
    const left = (watched.get(id) ?? 1) - 1;
    if (left > 0) return void watched.set(id, left);
    watched.delete(id);
    tellTopics();
  };
}

/** The posts that this page is about, the latest first. */
export const watchedPosts = (): string[] => [...watched.keys()].reverse();

export function onTopics(listener: () => void): () => void {
  topicListeners.add(listener);
  return () => void topicListeners.delete(listener);
}

const tellTopics = () => topicListeners.forEach((listener) => listener());
