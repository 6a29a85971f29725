"use client";
import { useState } from "react";
import { type Outcome, request } from "@/components/interactions/request";
import type { CommentView } from "@/lib/comments/types";

/** A comment on the screen: one that is on its way has no id of the server's yet. */
export type ShownComment = CommentView & { pending?: boolean; /** Server's time of what is said of it, ms. */ at: number };

type Answer = { comments: CommentView[]; pagination: { next_cursor: string | null } };
type Start = { comments: CommentView[]; next: string | null; at: number };

/** The comments of a post, or the replies to one (`parentId`), as far as they were loaded. */
export function useComments(postId: string, parentId: string | null, start: Start) {
  const [items, setItems] = useState<ShownComment[]>(() => start.comments.map((comment) => ({ ...comment, at: start.at })));
  const [next, setNext] = useState(start.next);
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");

  async function load(cursor: string | null) {
    setState("busy");
    const query = new URLSearchParams({ limit: "20", ...(cursor ? { cursor } : {}), ...(parentId ? { parent_id: parentId } : {}) });
    const outcome = await request<Answer>("GET", `/api/posts/${postId}/comments?${query}`);
    if (!outcome.ok) return setState("failed");
    const arrived = outcome.data.comments.map((comment) => ({ ...comment, at: outcome.at }));
    // One's own new comment may already be there.
    setItems((before) => [...before, ...arrived.filter(({ id }) => !before.some((known) => known.id === id))]);
    setNext(outcome.data.pagination.next_cursor);
    setState("idle");
  }

  /** Shows the draft at once, replaces it by the real comment, or takes it away again. */
  async function add(draft: ShownComment, key: string, place: "first" | "last"): Promise<Outcome<CommentView>> {
    setItems((before) => (place === "first" ? [draft, ...before] : [...before, draft]));
    const outcome = await request<CommentView>("POST", `/api/posts/${postId}/comments`, { body: { content: draft.content, parent_id: parentId }, key });
    setItems((before) => before.flatMap((item) => (item.id === draft.id ? (outcome.ok ? [{ ...outcome.data, at: outcome.at }] : []) : [item])));
    return outcome;
  }

  const remove = (id: string) => setItems((before) => before.filter((item) => item.id !== id));

  return { items, next, state, load, add, remove };
}
