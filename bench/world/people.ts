import { DAY_MS, HOUR_MS, type Span, zoneOf } from "./calendar";
import { Random } from "./random";
import type { Size } from "./sizes";

export const TOPICS = 12;
/** Average members of a community: a town, a club, a school. */
const COMMUNITY = 300;
/** The share of accounts that are known to many; they post, are public and do not go. */
const KNOWN = 0.002;
/** A taste from which on a topic is one of a person's own. */
export const OWN_TASTE = 0.15;

/** Columns, one entry a person in the order in which they came (rows of a million objects would not fit). Times in ms since 1970. */
export type People = {
  count: number;
  joined: Float64Array;
  lastActive: Float64Array;
  /** How readily somebody reacts, up to 1. */
  activity: Float32Array;
  /** What somebody cares for: a share for each topic, together 1. Also what they post about. */
  taste: Float32Array;
  /** The topic of the greatest share. */
  topic: Uint8Array;
  zone: Int8Array;
  isPrivate: Uint8Array;
  /** Two communities each. */
  home: Int32Array;
  second: Int32Array;
  communities: number;
  /** By how well they are known: the best known first. And the place of each in it. */
  byFame: Int32Array;
  fame: Int32Array;
};

export function makePeople({ people: count }: Size, span: Span, seed: number): People {
  const random = new Random(seed);
  const communities = Math.max(4, Math.round(count / COMMUNITY));
  const byFame = shuffled(count, random);
  const fame = new Int32Array(count);
  byFame.forEach((person, place) => (fame[person] = place));
  const people: People = {
    count, communities, byFame, fame,
    joined: new Float64Array(count), lastActive: new Float64Array(count), activity: new Float32Array(count), taste: new Float32Array(count * TOPICS), topic: new Uint8Array(count),
    zone: new Int8Array(count), isPrivate: new Uint8Array(count), home: new Int32Array(count), second: new Int32Array(count),
  };
  for (let i = 0; i < count; i++) {
    const isKnown = fame[i]! < Math.max(10, count * KNOWN);
    // The later, the more came.
    people.joined[i] = Math.floor(span.people + (span.until - span.people - HOUR_MS) * ((i + 0.5) / count) ** 0.6);
    people.lastActive[i] = lastActive(people.joined[i]!, span.until, isKnown, random);
    people.activity[i] = Math.min(1, Math.exp((isKnown ? -0.5 : -1.2) + 0.8 * random.normal()));
    people.zone[i] = zoneOf(random.below(10));
    people.isPrivate[i] = !isKnown && random.float() < 0.12 ? 1 : 0;
    // A few communities are many times larger than most.
    people.home[i] = Math.floor(communities * random.float() ** 1.5);
    people.second[i] = Math.floor(communities * random.float() ** 1.5);
    giveTaste(people, i, random);
  }
  return people;
}

/** A quarter comes daily, a fifth weekly, an eighth monthly; the others have gone at some time since they came. */
function lastActive(joined: number, until: number, isKnown: boolean, random: Random): number {
  const [kind, back] = [isKnown ? 0 : random.float(), random.float()];
  const days = kind < 0.25 ? back * back : kind < 0.45 ? back * 7 : kind < 0.57 ? back * 31 : 31 + back * 569;
  const at = until - days * DAY_MS;
  return Math.floor(at > joined ? at : joined + (until - joined) * back * 0.5);
}

function giveTaste(people: People, i: number, random: Random): void {
  const at = i * TOPICS;
  const own = [people.home[i]! % TOPICS, people.second[i]! % TOPICS, random.below(TOPICS)];
  const shares = [0.5, 0.2, 0.18];
  people.taste.fill(0.12 / TOPICS, at, at + TOPICS);
  own.forEach((topic, n) => (people.taste[at + topic]! += shares[n]!));
  people.topic[i] = own[0]!;
}

function shuffled(count: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** Members by group, as one list and where each group begins in it; `groupOf` names up to `each` groups for a member, -1 none. */
export type Groups = { from: Int32Array; members: Int32Array };

export function groupBy(groups: number, count: number, each: number, groupOf: (member: number, n: number) => number): Groups {
  const from = new Int32Array(groups + 1);
  for (let i = 0; i < count; i++) for (let n = 0; n < each; n++) if (groupOf(i, n) >= 0) from[groupOf(i, n) + 1]!++;
  for (let g = 0; g < groups; g++) from[g + 1]! += from[g]!;
  const next = from.slice();
  const members = new Int32Array(from[groups]!);
  for (let i = 0; i < count; i++) {
    for (let n = 0; n < each; n++) {
      const group = groupOf(i, n);
      if (group >= 0) members[next[group]!++] = i;
    }
  }
  return { from, members };
}
