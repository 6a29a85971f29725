"use client";
import { useEffect, useRef } from "react";
import { request } from "@/components/interactions/request";
import { type LiveEvents, onLive } from "@/components/live/events";
import type { CommentView } from "@/lib/comments/types";
import type { ShownComment } from "./use-comments";

/** What is told within this is asked for together, ms. */
const GATHER_MS = 80;
/** Asked for at once (the server's limit). */
const AT_ONCE = 50;

/** What has changed in a conversation: comments as they are now, and the ids of those that are gone. What is new comes with what it answers. */
export type Changed = { comments: ShownComment[]; gone: string[] };

/** Calls `follow` when others do something in the conversation under a post; only with what the viewer would find in it. */
export function useLiveComments(postId: string, follow: (changed: Changed) => void): void {
  const latest = useRef(follow);
  useEffect(() => void (latest.current = follow));
  useEffect(() => {
    const waiting = new Map<string, LiveEvents["comment"]>();
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function ask() {
      timer = undefined;
      const events = [...waiting.values()].slice(0, AT_ONCE / 2);
      for (const { comment_id } of events) waiting.delete(comment_id);
      if (waiting.size > 0) timer = setTimeout(() => void ask(), GATHER_MS);
      const gone = events.filter((event) => event.gone).map((event) => event.comment_id);
      const wanted = [...new Set(events.flatMap((event) => [...(event.gone ? [] : [event.comment_id]), ...(event.parent_id ? [event.parent_id] : [])]))];
      const comments = wanted.length === 0 ? [] : await load(postId, wanted);
      // What cannot be asked for now is there with the next change, or the next visit.
      // What the lists leave out, for a word that the viewer hides, is not gone: they may have uncovered it.
      if (comments) latest.current({ comments, gone });
    }

    const stop = onLive("comment", (event) => {
      if (event.post_id !== postId) return;
      waiting.set(event.comment_id, event);
      timer ??= setTimeout(() => void ask(), GATHER_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [postId]);
}

async function load(postId: string, ids: string[]): Promise<ShownComment[] | null> {
  const outcome = await request<{ comments: CommentView[] }>("GET", `/api/posts/${postId}/comments?ids=${ids.join(",")}`);
  return outcome.ok ? outcome.data.comments.map((comment) => ({ ...comment, at: outcome.at, heardAt: performance.now() })) : null;
}
