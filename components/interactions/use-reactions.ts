"use client";
import { toast } from "@/components/ui/toast";
import type { ReactionView } from "@/lib/posts/types";
import { lastChange, setChange, UNCONFIRMED, useChange } from "./changes";
import { intend } from "./intention";
import { request } from "./request";
import type { Subject } from "./subject";

/** The emoji on a post, and how to add or take back one: shown at once, put back with a word when it fails. */
export function useReactions({ id, reactions, at }: Pick<Subject, "id" | "reactions" | "at">): [ReactionView[], (emoji: string, on: boolean) => void] {
  const key = `reactions:${id}`;
  const current = useChange(key, reactions, at);
  function set(emoji: string, on: boolean) {
    const isMine = current.some((one) => one.emoji === emoji && one.mine);
    setChange(key, current, UNCONFIRMED);
    void intend(`reaction:${id}:${emoji}`, { on: isMine, count: null }, on, {
      send: (target) => request<object>(target ? "PUT" : "DELETE", `/api/posts/${id}/reactions/${encodeURIComponent(emoji)}`),
      show: (next, confirmedAt) => setChange(key, withReaction(lastChange<ReactionView[]>(key) ?? current, emoji, next.on), confirmedAt ?? UNCONFIRMED),
      failed: (message) => toast.error(on ? "Your reaction was not kept" : "Your reaction is still there", { description: message }),
    });
  }
  return [current, set];
}

/** The list after the visitor's own reaction came or went. Where numbers are not told, one's own goes and others' stay unknown. */
export function withReaction(list: ReactionView[], emoji: string, on: boolean): ReactionView[] {
  const known = list.find((one) => one.emoji === emoji);
  if ((known?.mine ?? false) === on) return list;
  if (!known) return [...list, { emoji, count: list.some((one) => one.count === null) ? null : 1, mine: true }];
  const count = known.count === null ? null : known.count + (on ? 1 : -1);
  return count === 0 ? list.filter((one) => one !== known) : list.map((one) => (one === known ? { emoji, count, mine: on } : one));
}
