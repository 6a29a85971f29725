"use client";
import { compactCount } from "@/components/ui/count";
import { type Followee, useFollowerShift } from "./follow-state";

type Props = { followee: Followee; count: number };

/** A person's number of followers, which moves with the visitor's own button. */
export function FollowerCount({ followee, count }: Props) {
  const now = Math.max(0, count + useFollowerShift(followee));
  return <span className="tabular" title={now >= 10_000 ? now.toLocaleString("en") : undefined}>{compactCount(now)}</span>;
}

/** The word after it. */
export function FollowerNoun({ followee, count }: Props) {
  return count + useFollowerShift(followee) === 1 ? "follower" : "followers";
}
