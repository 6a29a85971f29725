import type { Random } from "../photos/random";
import { FRESH } from "./posts";
import { DAY, type Follow, HOUR, type Member } from "./plan";

/**
 * Who follows whom: mostly within the same circles, everybody the popular one, and a few requests that the private
 * account has not answered yet.
 */
export function planFollows(members: readonly Member[], random: Random, now: Date, id: (at: Date) => string): Follow[] {
  const follows: Follow[] = [];
  for (const follower of members) {
    for (const followee of members) {
      if (follower === followee || !random.chance(likelihood(follower, followee))) continue;
      const from = Math.max(follower.joined.getTime(), followee.joined.getTime()) + HOUR;
      const span = Math.max(HOUR, now.getTime() - from - HOUR);
      const at = new Date(from + span * random.next() ** 1.3);
      follows.push({ id: "", follower, followee, state: "active", at });
    }
  }
  leaveRequests(follows, random, now);
  follows.sort((a, b) => a.at.getTime() - b.at.getTime());
  for (const follow of follows) follow.id = id(follow.at);
  return follows;
}

function likelihood(follower: Member, followee: Member): number {
  const near = follower.circles.filter((circle) => followee.circles.includes(circle)).length;
  if (followee.isPopular) return 1;
  if (followee.isPrivate) return near > 0 ? 0.45 : 0.06;
  // The demo's own person sees something of today.
  if (follower.username === "ines.moreau" && followee.username in FRESH) return 1;
  const first = follower.username === "ines.moreau" ? 0.3 : 0;
  const newcomer = followee.posts < 4 ? -0.2 : 0;
  return Math.max(0.05, Math.min(0.95, (near > 1 ? 0.85 : near === 1 ? 0.62 : 0.2) + first + newcomer));
}

/** The private account's newest three followers have only asked so far; the demo's own person is let in. */
function leaveRequests(follows: Follow[], random: Random, now: Date): void {
  const asked = follows.filter((f) => f.followee.isPrivate && f.follower.username !== "ines.moreau").slice(-3);
  for (const follow of asked) {
    follow.state = "requested";
    follow.at = new Date(now.getTime() - random.range(0.1, 3) * DAY);
  }
}
