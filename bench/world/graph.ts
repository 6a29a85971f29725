import { groupBy, type People, TOPICS } from "./people";
import { mix, pairFloat, Random } from "./random";
import type { Size } from "./sizes";

/** Of those somebody chooses to follow, how many come from their own communities; the others go by fame. */
const NEAR = 0.3;
/** Fame begins to fall behind the first fifteen: else the best known would be followed by everybody. */
const PLATEAU = 15;
/** Follows that are answered come on top of those chosen. */
const CHOSEN = 1 / 1.17;
const SPREAD = 1.05;
const [ANSWERED, REQUESTED, WHEN] = [1, 2, 3];

/** Who follows whom: edges in the order of the follower, `follower[e]` → `followee[e]`; and the followers of each whose follow is active. */
export type Graph = { count: number; follower: Int32Array; followee: Int32Array; from: Int32Array; fansFrom: Int32Array; fans: Int32Array; followingCount: Int32Array };

/** Whether the follow waits for the answer of a private account. */
export const isRequested = (people: People, follower: number, followee: number): boolean => people.isPrivate[followee] === 1 && pairFloat(follower, followee, REQUESTED) < 0.04;

/** When somebody followed somebody: after both came, before the follower was last here. Ms. */
export function followedAt(people: People, follower: number, followee: number): number {
  const from = people.joined[Math.max(follower, followee)]!;
  return Math.floor(from + (people.lastActive[follower]! - from) * pairFloat(follower, followee, WHEN));
}

/**
 * Follows by a power law (the n-th best known has about a hundredth as many followers as one a hundred places before), with answers and
 * communities, in which friends of friends are found.
 */
export function makeGraph(size: Size, people: People, seed: number): Graph {
  const chosen = choose(size, people, new Random(seed));
  const answers = answerTo(people, chosen);
  const { follower, followee, from } = together(people.count, chosen, answers);
  const active = new Int32Array(followee.length);
  const followingCount = new Int32Array(people.count);
  for (let e = 0; e < followee.length; e++) {
    const isActive = !isRequested(people, follower[e]!, followee[e]!);
    active[e] = isActive ? followee[e]! : -1;
    if (isActive) followingCount[follower[e]!]!++;
  }
  const fans = groupBy(people.count, followee.length, 1, (e) => active[e]!);
  for (let n = 0; n < fans.members.length; n++) fans.members[n] = follower[fans.members[n]!]!;
  return { count: followee.length, follower, followee, from, fansFrom: fans.from, fans: fans.members, followingCount };
}

type Lists = { from: Int32Array; members: Int32Array };

function choose(size: Size, people: People, random: Random): Lists {
  const { count, byFame, taste, topic, home, second, joined, lastActive } = people;
  const members = groupBy(people.communities, count, 2, (i, n) => (n === 0 ? home[i]! : second[i] === home[i] ? -1 : second[i]!));
  const wanted = degrees(size, people, random);
  const from = new Int32Array(count + 1);
  const list = new Int32Array(wanted.reduce((sum, n) => sum + n, 0));
  const seen = new Int32Array(count).fill(-1);
  const decades = Math.log((count + PLATEAU) / PLATEAU);
  let at = 0;
  for (let i = 0; i < count; i++) {
    seen[i] = i;
    const until = at + wanted[i]!;
    for (let tries = wanted[i]! * 5 + 20; tries > 0 && at < until; tries--) {
      let other: number;
      if (random.float() < NEAR) {
        const group = random.float() < 0.75 ? home[i]! : second[i]!;
        other = members.members[members.from[group]! + random.below(members.from[group + 1]! - members.from[group]!)]!;
      } else {
        other = byFame[Math.min(count - 1, Math.floor(PLATEAU * (Math.exp(random.float() * decades) - 1)))]!;
        if (random.float() > 0.3 + 2 * taste[i * TOPICS + topic[other]!]!) continue;
      }
      // Whoever had gone before the other came cannot have followed them.
      if (seen[other] === i || joined[other]! > lastActive[i]!) continue;
      seen[other] = i;
      list[at++] = other;
    }
    from[i + 1] = at;
  }
  return { from, members: list.subarray(0, at) };
}

/** How many each chooses to follow: few most of them, some hundreds, and some thousands the heavy readers, who are here today. */
function degrees(size: Size, people: People, random: Random): Int32Array {
  const { count } = people;
  const most = Math.min(7_500, Math.floor(count / 4));
  const heavy = new Set<number>();
  for (let tries = 0; heavy.size < size.heavy && tries < count; tries++) {
    const i = random.below(count);
    if (people.lastActive[i]! > people.lastActive[people.byFame[0]!]! - 86_400_000) heavy.add(i);
  }
  const mean = (size.follows * CHOSEN - size.heavy * size.heavyFollows * 1.3) / (count - size.heavy);
  const middle = mean / Math.exp((SPREAD * SPREAD) / 2);
  return Int32Array.from({ length: count }, (_, i) => (heavy.has(i) ? Math.round(size.heavyFollows * (1.1 + 0.4 * random.float())) : Math.min(most, 1 + random.round(middle * Math.exp(SPREAD * random.normal())))));
}

/** Who follows back: half of those of the own communities, of others fewer the better known they are. */
function answerTo(people: People, { from, members }: Lists): Lists {
  const { count, home, second, fame, joined, lastActive } = people;
  const answers = new Int32Array(members.length);
  const source = new Int32Array(members.length);
  for (let i = 0; i < count; i++) {
    for (let e = from[i]!; e < from[i + 1]!; e++) {
      const other = members[e]!;
      const isNear = home[i] === home[other] || home[i] === second[other] || second[i] === home[other];
      const likely = isNear ? 0.5 : 0.1 * Math.min(1, (10 * fame[other]!) / count);
      source[e] = i;
      answers[e] = joined[i]! <= lastActive[other]! && pairFloat(i, other, ANSWERED) < likely ? other : -1;
    }
  }
  const back = groupBy(count, members.length, 1, (e) => answers[e]!);
  for (let n = 0; n < back.members.length; n++) back.members[n] = source[back.members[n]!]!;
  return back;
}

function together(count: number, chosen: Lists, answers: Lists) {
  const room = chosen.members.length + answers.members.length;
  const [follower, followee, from] = [new Int32Array(room), new Int32Array(room), new Int32Array(count + 1)];
  const seen = new Int32Array(count).fill(-1);
  let at = 0;
  for (let i = 0; i < count; i++) {
    for (const list of [chosen, answers]) {
      for (let e = list.from[i]!; e < list.from[i + 1]!; e++) {
        const other = list.members[e]!;
        if (seen[other] === i) continue;
        seen[other] = i;
        follower[at] = i;
        followee[at++] = other;
      }
    }
    from[i + 1] = at;
  }
  return { follower: follower.subarray(0, at), followee: followee.subarray(0, at), from };
}

/** Edges in the order in which the follows came about, hour by hour: as a table that grew has them. */
export function inOrderOfTime(people: People, graph: Graph, from: number, until: number): Int32Array {
  const buckets = 8_192;
  const bucket = new Uint16Array(graph.count);
  const begins = new Int32Array(buckets + 1);
  for (let e = 0; e < graph.count; e++) {
    bucket[e] = Math.max(0, Math.min(buckets - 1, Math.floor(((followedAt(people, graph.follower[e]!, graph.followee[e]!) - from) / (until - from)) * buckets)));
    begins[bucket[e]! + 1]!++;
  }
  for (let b = 0; b < buckets; b++) begins[b + 1]! += begins[b]!;
  const order = new Int32Array(graph.count);
  for (let e = 0; e < graph.count; e++) order[begins[bucket[e]!]!++] = e;
  return order;
}

/** A seed for one of several streams of the same world. */
export const seedOf = (seed: number, stream: number): number => mix(seed ^ Math.imul(stream, 0x9e3779b1));
