"use client";
// How the visitor follows people, kept across every button for the same person on the page (components/interactions/changes).
import { setChange, UNCONFIRMED, useChange } from "@/components/interactions/changes";
import { request } from "@/components/interactions/request";
import { toast } from "@/components/ui/toast";
import type { FollowState } from "@/lib/graph/types";

/** What a button needs to know of a person; small, because it travels with every row. */
export type Followee = FollowState & {
  id: string;
  username: string;
  isPrivate: boolean;
  /** When the server rendered this, ms. */
  at: number;
};

const NOT: FollowState = { following: false, requested: false };
const isOn = (state: FollowState) => state.following || state.requested;
const runs = new Map<string, { wanted: boolean }>();

/** The state and how to set it: shown at once, sent one at a time, the last wish wins; put back with a word when it fails. */
export function useFollow(followee: Followee): [FollowState, (on: boolean) => void] {
  const { id, following, requested, at } = followee;
  const state = useChange<FollowState>(keyOf(id), { following, requested }, at);
  return [state, (on) => void want(followee, state, on)];
}

/** By how much the visitor's own following changed somebody's number of followers since the server rendered it. */
export function useFollowerShift({ id, following, requested, at }: Pick<Followee, "id" | "following" | "requested" | "at">): number {
  const state = useChange<FollowState>(keyOf(id), { following, requested }, at);
  return Number(state.following) - Number(following);
}

const keyOf = (id: string) => `follow:${id}`;

async function want(followee: Followee, now: FollowState, on: boolean): Promise<void> {
  const { id, username, isPrivate } = followee;
  setChange(keyOf(id), on ? { following: !isPrivate, requested: isPrivate } : NOT, UNCONFIRMED);
  const running = runs.get(id);
  if (running) {
    running.wanted = on;
    return;
  }
  const run = { wanted: on };
  runs.set(id, run);
  let confirmed = now;
  let at = Date.now();
  let problem: string | null = null;
  while (run.wanted !== isOn(confirmed) && problem === null) {
    const outcome = await request<FollowState>(run.wanted ? "POST" : "DELETE", `/api/users/${id}/follow`);
    if (outcome.ok) [confirmed, at] = [outcome.data, outcome.at];
    else problem = outcome.message;
  }
  const wanted = run.wanted;
  runs.delete(id);
  setChange(keyOf(id), confirmed, at);
  if (problem !== null) toast.error(wanted ? `${username} could not be followed` : `You still follow ${username}`, { description: problem });
}
