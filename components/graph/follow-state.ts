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
const runs = new Map<string, Run>();

/** The state and how to set it: shown at once, sent one at a time, the last wish wins; put back with a word when it fails. */
export function useFollow(followee: Followee): [FollowState, (on: boolean) => void] {
  const { id, following, requested, at } = followee;
  const state = useChange<FollowState>(keyOf(id), { following, requested }, at);
  return [state, (on) => void want(followee, state, on)];
}

/** Ends following, and says so with a way back. */
export async function unfollowWithUndo(followee: Followee, now: FollowState): Promise<void> {
  if (await want(followee, now, false)) toast(`You no longer follow ${followee.username}`, { action: { label: "Undo", onClick: () => void want(followee, NOT, true) } });
}

/** By how much the visitor's own following changed somebody's number of followers since the server rendered it. */
export function useFollowerShift({ id, following, requested, at }: Pick<Followee, "id" | "following" | "requested" | "at">): number {
  const state = useChange<FollowState>(keyOf(id), { following, requested }, at);
  return Number(state.following) - Number(following);
}

const keyOf = (id: string) => `follow:${id}`;

/** Whether it came to what was asked for. */
function want(followee: Followee, now: FollowState, on: boolean): Promise<boolean> {
  const { id, isPrivate } = followee;
  setChange(keyOf(id), on ? { following: !isPrivate, requested: isPrivate } : NOT, UNCONFIRMED);
  const run = runs.get(id) ?? begin(followee, now, on);
  run.wanted = on;
  return run.ended.then((end) => end === on);
}

type Run = { wanted: boolean; /** What was confirmed at the end. */ ended: Promise<boolean | null> };

function begin(followee: Followee, now: FollowState, on: boolean): Run {
  const run: Run = { wanted: on, ended: Promise.resolve(null) };
  runs.set(followee.id, run);
  run.ended = send(run, followee, now);
  return run;
}

/** Sends what is wanted, one request at a time, until that is confirmed; null when it fails, after a word. */
async function send(run: Run, { id, username }: Followee, now: FollowState): Promise<boolean | null> {
  let confirmed = now;
  let at = Date.now();
  let problem: string | null = null;
  while (run.wanted !== isOn(confirmed) && problem === null) {
    const outcome = await request<FollowState>(run.wanted ? "POST" : "DELETE", `/api/users/${id}/follow`);
    if (outcome.ok) [confirmed, at] = [outcome.data, outcome.at];
    else problem = outcome.message;
  }
  runs.delete(id);
  setChange(keyOf(id), confirmed, at);
  if (problem === null) return run.wanted;
  toast.error(run.wanted ? `${username} could not be followed` : `You still follow ${username}`, { description: problem });
  return null;
}
