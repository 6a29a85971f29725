"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { request } from "@/components/interactions/request";
import type { HeldState, WaitingCommentView } from "@/lib/comments/types";
import type { CommentList } from "./comment-acts";
import type { ShownComment } from "./use-comments";

export type WaitingComment = ShownComment & Pick<WaitingCommentView, "post"> & { isGone?: boolean };

type Answer = { comments: WaitingCommentView[]; pagination: { next_cursor: string | null } };

/** What is held on all of one's posts, as far as it was loaded. Lines that were decided on keep their place, for when that is undone. */
export function useWaiting(state: HeldState, start: { comments: WaitingCommentView[]; next: string | null; at: number }) {
  const router = useRouter();
  const [items, setItems] = useState<WaitingComment[]>(() => start.comments.map((comment) => ({ ...comment, at: start.at })));
  const [next, setNext] = useState(start.next);
  const [loading, setLoading] = useState<"idle" | "busy" | "failed">("idle");

  async function load() {
    setLoading("busy");
    const outcome = await request<Answer>("GET", `/api/comments/waiting?${new URLSearchParams({ state, limit: "20", ...(next ? { cursor: next } : {}) })}`);
    if (!outcome.ok) return setLoading("failed");
    const { comments, pagination } = outcome.data;
    setItems((before) => [...before, ...comments.filter(({ id }) => !before.some((known) => known.id === id)).map((comment) => ({ ...comment, at: outcome.at }))]);
    setNext(pagination.next_cursor);
    setLoading("idle");
  }

  const set = (id: string, to: (now: WaitingComment) => Partial<WaitingComment>) => setItems((before) => before.map((item) => (item.id === id ? { ...item, ...to(item) } : item)));
  // The line that counts them, on the page before, must not say what was true before.
  const recount = () => router.refresh();
  const list: CommentList = {
    items,
    remove: (id) => set(id, () => ({ isGone: true })),
    change: (id, to) => (set(id, to), recount()),
    putBack: (comment) => (set(comment.id, () => ({ ...comment, isGone: false })), recount()),
  };
  return { shown: items.filter((item) => !item.isGone && item.state === state), next, loading, load, list, recount };
}
