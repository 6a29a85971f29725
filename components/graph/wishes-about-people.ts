"use client";
// What is sent when one favours, mutes or restricts somebody; loaded with the first of them (person-menu.tsx).
import { request } from "@/components/interactions/request";
import { toast } from "@/components/ui/toast";
import type { Wishes } from "./person-menu";

type Person = { id: string; username: string };

/** Sends one change, says what it means, and offers to undo it. False when it was refused. */
export async function sendWishes(person: Person, before: Wishes, change: Partial<Wishes>, show: (wishes: Wishes) => void): Promise<boolean> {
  const after = { ...before, ...change };
  const outcome = await send(person.id, after, change);
  if (!outcome.ok) {
    toast.error("That was not changed", { description: outcome.message });
    return false;
  }
  toast.success(wordsOf(person.username, change), { action: { label: "Undo", onClick: () => void takeBack(person, before, after, change, show) } });
  return true;
}

async function takeBack(person: Person, before: Wishes, after: Wishes, change: Partial<Wishes>, show: (wishes: Wishes) => void) {
  show(before);
  const outcome = await send(person.id, before, change);
  if (outcome.ok) return;
  show(after);
  toast.error("That was not undone", { description: outcome.message });
}

/** Sets the state of what `change` names to what `wishes` says. */
function send(id: string, wishes: Wishes, change: Partial<Wishes>) {
  if ("is_favourite" in change) return request(wishes.is_favourite ? "POST" : "DELETE", `/api/users/${id}/favourite`);
  if ("restricting" in change) return request(wishes.restricting ? "POST" : "DELETE", `/api/users/${id}/restrict`);
  return request("POST", `/api/users/${id}/mute`, { body: { posts: wishes.muting, stories: wishes.muting_stories } });
}

function wordsOf(name: string, { muting, restricting, is_favourite }: Partial<Wishes>): string {
  if (is_favourite !== undefined) return is_favourite ? `${name} is a favourite` : `${name} is no longer a favourite`;
  if (restricting !== undefined) return restricting ? `${name}’s comments wait for your word` : `${name} is no longer restricted`;
  return muting ? `You will not see ${name}’s posts in your feed` : `${name}’s posts are back in your feed`;
}
