"use client";
import { toast } from "@/components/ui/toast";
import { setChange, UNCONFIRMED, useChange } from "./changes";
import { intend, type Setting } from "./intention";
import { request } from "./request";
import type { Subject } from "./subject";

type Answer = { saved: boolean; collection_ids?: string[] };
type Done = { saved: boolean; /** Collections that it left. */ left: string[] };

/** Whether the visitor saved the post, and how to change it. `choose` is offered with the word that it was saved. */
export function useSaved({ id, saved, at }: Pick<Subject, "id" | "saved" | "at">, choose: () => void): [boolean, (on: boolean) => void] {
  const setting = useChange<Setting>(keyOf(id), { on: saved, count: null }, at);
  return [setting.on, (on) => void want(id, setting, on, choose)];
}

const keyOf = (id: string) => `save:${id}`;

/** Said by whoever saved the post in another way. */
export const noteSaved = (id: string, at: number): void => setChange(keyOf(id), { on: true, count: null }, at);

async function want(id: string, now: Setting, on: boolean, choose: () => void): Promise<void> {
  const done: { last: Done | null } = { last: null };
  await intend(keyOf(id), now, on, {
    send: async (target) => {
      const outcome = await request<Answer>(target ? "POST" : "DELETE", `/api/posts/${id}/save`);
      done.last = outcome.ok ? { saved: target, left: target ? [] : (outcome.data.collection_ids ?? []) } : null;
      return outcome.ok ? { ...outcome, data: {} } : outcome;
    },
    show: (next, at) => setChange(keyOf(id), next, at ?? UNCONFIRMED),
    failed: (message) => toast.error(on ? "The post was not saved" : "The post is still saved", { description: message }),
  });
  if (done.last?.saved) toast.success("Saved", { action: { label: "Add to a collection", onClick: choose } });
  else if (done.last) offerBack(id, done.last.left);
}

function offerBack(id: string, collections: string[]): void {
  toast("No longer saved", { action: { label: "Undo", onClick: () => void saveAgain(id, collections) } });
}

async function saveAgain(id: string, collections: string[]): Promise<void> {
  const places = collections.length > 0 ? collections : [null];
  const outcomes = await Promise.all(places.map((collection_id) => request<Answer>("POST", `/api/posts/${id}/save`, { body: { collection_id } })));
  let problem: string | null = null;
  for (const outcome of outcomes) {
    if (outcome.ok) noteSaved(id, outcome.at);
    else problem ??= outcome.message;
  }
  if (problem === null) return;
  const isSaved = outcomes.some(({ ok }) => ok);
  toast.error(isSaved ? "The post is saved, but is not back in all of its collections" : "The post was not saved again", { description: problem });
}
