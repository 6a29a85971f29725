"use client";
// What one does with a comment besides answering and liking. Nothing asks beforehand: what was done can be undone from the toast.
import { copyLink } from "@/components/interactions/copy-link";
import { request } from "@/components/interactions/request";
import { toast } from "@/components/ui/toast";
import type { CommentView } from "@/lib/comments/types";
import type { ShownComment } from "./use-comments";

/** The list a comment stands in. */
export type CommentList = {
  items: ShownComment[];
  remove: (id: string) => void;
  change: (id: string, to: (now: ShownComment) => ShownComment) => void;
  putBack: (comment: ShownComment, place: number) => void;
};

/** How much of the post's count a comment stands for. */
const weight = ({ state, parent_id, reply_count }: CommentView) => (state === "shown" ? 1 + (parent_id === null ? reply_count : 0) : 0);

/** `change`: how many came or went. `since`: what the server has told of the number after this moment (performance.now()) knows of it already. */
export type OnCount = (change: number, since?: number) => void;

export function actsOn(comment: ShownComment, list: CommentList, { onCount, shortcode }: { onCount: OnCount; shortcode: string }) {
  const path = `/api/comments/${comment.id}`;

  async function remove() {
    const place = list.items.findIndex(({ id }) => id === comment.id);
    const back = (again: ShownComment, since: number) => {
      list.putBack(again, place);
      onCount(weight(again), since);
    };
    const began = performance.now();
    list.remove(comment.id);
    onCount(-weight(comment));
    const outcome = await request("DELETE", path);
    if (!outcome.ok) {
      back(comment, began);
      return toast.error("The comment was not deleted", { description: outcome.message });
    }
    toast("Comment deleted", { duration: 8_000, action: { label: "Undo", onClick: () => void restore(back) } });
  }

  async function restore(done: (again: ShownComment, since: number) => void) {
    const began = performance.now();
    const outcome = await request<CommentView>("POST", `${path}/restore`);
    if (!outcome.ok) return toast.error("The comment is still deleted", { description: outcome.message });
    done({ ...outcome.data, at: outcome.at }, began);
    toast.success("The comment is back");
  }

  async function change(method: "POST" | "DELETE", what: "pin" | "hide" | "approve", said: string, undo?: () => void) {
    const began = performance.now();
    const outcome = await request<CommentView>(method, `${path}/${what}`);
    if (!outcome.ok) return toast.error("That was not changed", { description: outcome.message });
    list.change(comment.id, () => ({ ...outcome.data, at: outcome.at }));
    onCount(weight(outcome.data) - weight(comment), began);
    toast.success(said, undo ? { duration: 8_000, action: { label: "Undo", onClick: undo } } : undefined);
    return undefined;
  }

  const setPinned = (pinned: boolean): Promise<unknown> =>
    change(pinned ? "POST" : "DELETE", "pin", pinned ? "Comment pinned" : "Comment unpinned", () => void setPinned(!pinned));
  // The comment as it is by then, so that the counts follow it and not what was shown before.
  const setHidden = (hidden: boolean): Promise<unknown> =>
    change(hidden ? "POST" : "DELETE", "hide", hidden ? "Only you and its writer see this comment now" : "Everybody sees this comment now",
      () => void actsOn({ ...comment, state: hidden ? "hidden" : "shown" }, list, { onCount, shortcode }).setHidden(!hidden));
  const approve = () => change("POST", "approve", "Everybody sees this comment now", () => void actsOn({ ...comment, state: "shown" }, list, { onCount, shortcode }).withdrawApproval());
  const withdrawApproval = (): Promise<unknown> => change("DELETE", "approve", "It waits for your word again");
  const link = () => copyLink(new URL(`/p/${shortcode}?comment=${comment.id}`, window.location.origin).href);

  return { remove, setPinned, setHidden, approve, withdrawApproval, link };
}

export type Acts = ReturnType<typeof actsOn>;
