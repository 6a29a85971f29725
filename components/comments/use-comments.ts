"use client";
import { useRef, useState } from "react";
import { type Outcome, request } from "@/components/interactions/request";
import type { CommentView } from "@/lib/comments/types";
import { compareIds } from "@/lib/platform/compare-ids";
import type { Changed } from "./use-live-comments";

/** A comment on the screen: one that is on its way has no id of the server's yet. */
export type ShownComment = CommentView & {
  pending?: boolean;
  /** Server's time of what is said of it, ms. */
  at: number;
  /** When the page learned of it because others had changed it, by performance.now(). */
  heardAt?: number;
};

/** Which comments are shown, and in which order. */
export type Choice = "relevance" | "newest" | "pending" | "hidden";

/** Times of the server are told by the second, and what is written takes a moment to be read, ms. */
const DOUBT_MS = 2_000;

type Answer = { comments: CommentView[]; pagination: { next_cursor: string | null } };
type Place = (items: ShownComment[], comment: ShownComment) => number | null;
type Start = { comments: CommentView[]; next: string | null; at: number };

/** By age, the oldest first; what has no id yet stays where it is. */
export const byId = (a: ShownComment, b: ShownComment) => (a.pending || b.pending ? 0 : compareIds(a.id, b.id));

/** The comments of a post, or the replies to one (`parentId`), as far as they were loaded. */
export function useComments(postId: string, parentId: string | null, start: Start) {
  const [items, setItems] = useState<ShownComment[]>(() => start.comments.map((comment) => ({ ...comment, at: start.at })));
  const [next, setNext] = useState(start.next);
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const [choice, setChoice] = useState<Choice>("relevance");
  // An answer to what was asked before another choice was made is dropped.
  const asked = useRef(0);
  // Server's time at which the first page was as it is shown, ms.
  const begun = useRef(start.at);
  // What was here and went: it may come back.
  const taken = useRef(new Set<string>());
  // What is told while the first page of another choice is on its way, to be shown in it.
  const told = useRef<{ changed: Changed; place: Place }[] | null>(null);
  // What is loaded, known before it is drawn: what is told in between is no older.
  const loaded = useRef<{ next: string | null; choice: Choice }>({ next: start.next, choice: "relevance" });

  /** The page at the cursor; what is known already is left out. Null when it failed. */
  async function fetchPage(cursor: string | null, of: Choice = choice): Promise<{ comments: ShownComment[]; next: string | null } | null> {
    const mine = ++asked.current;
    setState("busy");
    const order: Record<string, string> = parentId ? { parent_id: parentId } : of === "pending" || of === "hidden" ? { state: of } : { sort: of };
    const query = new URLSearchParams({ limit: "20", ...(cursor ? { cursor } : {}), ...order });
    const outcome = await request<Answer>("GET", `/api/posts/${postId}/comments?${query}`);
    if (mine !== asked.current) return null;
    setState(outcome.ok ? "idle" : "failed");
    if (outcome.ok && cursor === null) begun.current = outcome.at;
    return outcome.ok ? { comments: outcome.data.comments.map((comment) => ({ ...comment, at: outcome.at })), next: outcome.data.pagination.next_cursor } : null;
  }

  async function load(cursor: string | null, of: Choice = choice) {
    const page = await fetchPage(cursor, of);
    if (!page) return;
    // One's own new comment may already be there.
    setItems((before) => [...before, ...page.comments.filter(({ id }) => !before.some((known) => known.id === id))]);
    setNext(page.next);
    loaded.current = { next: page.next, choice: of };
    const meanwhile = told.current ?? [];
    told.current = null;
    for (const { changed, place } of meanwhile) apply(changed, place);
  }

  function choose(of: Choice) {
    told.current = [];
    setChoice(of);
    setItems([]);
    setNext(null);
    void load(null, of);
  }

  /** Replies that stand before those that are shown; answers where to go on, null when there are no more. */
  async function loadEarlier(cursor: string | null): Promise<string | null | undefined> {
    const page = await fetchPage(cursor);
    if (!page) return undefined;
    const hasMet = page.comments.some(({ id }) => items.some((known) => known.id === id));
    setItems((before) => [...before, ...page.comments.filter(({ id }) => !before.some((known) => known.id === id))].sort(byId));
    return hasMet ? null : page.next;
  }

  /** Shows the draft at once, replaces it by the real comment, or takes it away again. */
  async function add(draft: ShownComment, key: string, place: "first" | "last"): Promise<Outcome<CommentView>> {
    setItems((before) => (place === "first" ? [draft, ...before] : [...before, draft]));
    const outcome = await request<CommentView>("POST", `/api/posts/${postId}/comments`, { body: { content: draft.content, parent_id: parentId }, key });
    setItems((before) => before.flatMap((item) => (item.id === draft.id ? (outcome.ok ? [{ ...outcome.data, at: outcome.at }] : []) : outcome.ok && item.id === outcome.data.id ? [] : [item])));
    return outcome;
  }

  const remove = (id: string) => setItems((before) => before.filter((item) => item.id !== id));
  const change = (id: string, to: (now: ShownComment) => ShownComment) => setItems((before) => before.map((item) => (item.id === id ? to(item) : item)));
  const putBack = (comment: ShownComment, place: number) => setItems((before) => (before.some(({ id }) => id === comment.id) ? before : before.toSpliced(place, 0, comment)));

  /** Whether it stands further down, where nothing is loaded yet. What was made while the list was has the benefit of the doubt: no later page would bring it. */
  function isBelow(comment: ShownComment, shown: ShownComment[]): boolean {
    const { next, choice } = loaded.current;
    if (next === null || taken.current.has(comment.id)) return false;
    const last = shown.at(-1);
    return choice === "newest" && last ? byId(comment, last) < 0 : Date.parse(comment.created_at) <= begun.current - DOUBT_MS;
  }

  /** Shows what others changed. `place`: where something new is to stand; null: it is not shown. */
  function follow(changed: Changed, place: Place) {
    if (told.current) told.current.push({ changed, place });
    else apply(changed, place);
  }

  function apply({ comments, gone }: Changed, place: Place) {
    setItems((before) => {
      for (const id of gone) if (before.some((item) => item.id === id)) taken.current.add(id);
      const now = new Map(comments.map((comment) => [comment.id, comment]));
      let items = before.filter(({ id }) => !gone.includes(id)).map((item) => now.get(item.id) ?? item);
      // The oldest first, so that each stands where it would if it had come alone.
      for (const comment of comments.toSorted(byId)) {
        if (items.some(({ id }) => id === comment.id) || isBelow(comment, items)) continue;
        // One's own that is on its way has its place already.
        const isOwn = items.some((item) => item.pending && item.user.id === comment.user.id);
        const at = isOwn ? null : place(items, comment);
        if (at !== null) items = items.toSpliced(at, 0, comment);
      }
      return items;
    });
  }

  return { items, next, state, choice, load, loadEarlier, choose, add, remove, change, putBack, follow };
}
