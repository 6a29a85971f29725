import { fromPage } from "@/lib/platform/viewer/person-header";

// Which posts were before one's eyes: half of it (or half of the window) for a second. Told in batches, the last one while the page is left.

/** How long it must stay, ms, and how long reports are collected. */
const DWELL = 1_000;
const COLLECT = 3_000;
/** Most in one report (the server's limit). */
const BATCH = 100;

const waiting = new Set<string>();
const told = new Set<string>();
const watched = new Map<Element, { id: string; timer?: number }>();
let observer: IntersectionObserver | undefined;
let sending: number | undefined;

/** Watches a post's element until it was seen, or the returned function is called. */
export function watchSeen(element: Element, id: string): (() => void) | undefined {
  if (told.has(id) || typeof IntersectionObserver === "undefined") return;
  observer ??= start();
  watched.set(element, { id });
  observer.observe(element);
  return () => stop(element);
}

function start(): IntersectionObserver {
  document.addEventListener("visibilitychange", () => document.hidden && send());
  window.addEventListener("pagehide", send);
  return new IntersectionObserver((entries) => entries.forEach(look), { threshold: [0, 0.25, 0.5, 0.75] });
}

function look({ target, isIntersecting, intersectionRatio, intersectionRect, rootBounds }: IntersectionObserverEntry) {
  const post = watched.get(target);
  if (!post) return;
  const isSeen = isIntersecting && (intersectionRatio >= 0.5 || intersectionRect.height >= (rootBounds?.height ?? innerHeight) / 2);
  if (!isSeen) {
    clearTimeout(post.timer);
    post.timer = undefined;
  } else post.timer ??= window.setTimeout(() => document.hidden || note(target, post.id), DWELL);
}

function note(element: Element, id: string) {
  stop(element);
  if (told.has(id)) return;
  told.add(id);
  waiting.add(id);
  sending ??= window.setTimeout(send, COLLECT);
}

function stop(element: Element) {
  clearTimeout(watched.get(element)?.timer);
  watched.delete(element);
  observer?.unobserve(element);
}

function send() {
  clearTimeout(sending);
  sending = undefined;
  if (waiting.size === 0) return;
  const ids = [...waiting].slice(0, BATCH);
  for (const id of ids) waiting.delete(id);
  const options = { method: "POST", headers: { "content-type": "application/json", ...fromPage() }, body: JSON.stringify({ post_ids: ids }), keepalive: true };
  // Offline or refused for now: with the next ones. Saying it twice does no harm.
  const again = () => ids.forEach((id) => waiting.size < BATCH * 4 && waiting.add(id));
  void fetch("/api/feed/seen", options).then((answer) => (answer.status === 429 || answer.status >= 500) && again(), again);
  if (waiting.size > 0) sending = window.setTimeout(send, COLLECT);
}
