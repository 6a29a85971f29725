"use client";
import { toast } from "@/components/ui/toast";
import { setChange, useChange } from "./changes";
import { type Outcome, request } from "./request";
import type { Subject } from "./subject";

type Repost = { on: boolean };
type Answer = { reposted: boolean; note: string };

/** Whether the visitor reposted the post; how to do it with a note, and how to take it back with a way to undo that. */
export function useRepost({ id, reposted, at }: Pick<Subject, "id" | "reposted" | "at">): [Repost, (note: string) => Promise<Outcome<Answer>>, () => Promise<void>] {
  const key = `repost:${id}`;
  const repost = useChange<Repost>(key, { on: reposted }, at);
  const path = `/api/posts/${id}/repost`;

  async function set(note: string) {
    const outcome = await request<Answer>("PUT", path, { body: { note } });
    if (outcome.ok) setChange(key, { on: true }, outcome.at);
    return outcome;
  }

  async function takeBack() {
    const outcome = await request<Answer>("DELETE", path);
    if (!outcome.ok) return toast.error("The repost is still there", { description: outcome.message });
    setChange(key, { on: false }, outcome.at);
    toast("Repost taken back", { action: { label: "Undo", onClick: () => void again(outcome.data.note) } });
  }

  async function again(note: string) {
    const outcome = await set(note);
    if (!outcome.ok) toast.error("The post was not reposted again", { description: outcome.message });
  }

  return [repost, set, takeBack];
}
