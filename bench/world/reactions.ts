import { HOUR_MS, rhythm } from "./calendar";
import type { Graph } from "./graph";
import { type Groups, groupBy, OWN_TASTE, type People, TOPICS } from "./people";
import { FROM_FANS, giveLikes, type Posts } from "./posts";
import { pairFloat, Random } from "./random";

const [CLOSE, TALK] = [11, 12];
/** How many are asked for each like that is wanted. */
const ASKED = 16;
/** What is asked first of somebody lies together, in one line of the processor's cache: tastes, then these. Times in minutes since the world's beginning, rounded so as to be safe. */
const [CARD, ACTIVITY, JOINED, LEFT] = [16, 12, 13, 14];
const MINUTE_MS = 60_000;
/** The most that closeness can multiply readiness by. */
const CLOSEST = 4;

/** Who liked the post that was looked at last, and when (ms): `count` entries. The same arrays for every post. */
export type Likers = { count: number; who: Int32Array; when: Float64Array };

/**
 * Chooses who likes a post: mostly followers, more readily those who react to much, care for its topic, share a community with the author, and to
 * whom the author is dear (the same for each pair each time). From all that a ranker can learn. The others found it by its topic.
 */
export class Audience {
  readonly likers: Likers;
  private readonly asked: Int32Array;
  private readonly lovers: Groups;
  private readonly cards: Float32Array;
  private readonly begin: number;

  constructor(private readonly people: People, private readonly graph: Graph, private readonly posts: Posts, private readonly random: Random, private readonly until: number) {
    const { taste, count } = people;
    this.asked = new Int32Array(count).fill(-1);
    this.begin = people.joined[0]!;
    this.cards = new Float32Array(count * CARD);
    for (let i = 0; i < count; i++) {
      for (let topic = 0; topic < TOPICS; topic++) this.cards[i * CARD + topic] = 0.15 + 2.5 * taste[i * TOPICS + topic]!;
      this.cards[i * CARD + ACTIVITY] = people.activity[i]!;
      this.cards[i * CARD + JOINED] = Math.ceil((people.joined[i]! - this.begin) / MINUTE_MS);
      this.cards[i * CARD + LEFT] = Math.floor((people.lastActive[i]! - this.begin) / MINUTE_MS);
    }
    this.lovers = groupBy(TOPICS, count, TOPICS, (i, topic) => (taste[i * TOPICS + topic]! > OWN_TASTE ? topic : -1));
    const most = posts.likes.reduce((most, n) => Math.max(most, n), 0);
    this.likers = { count: 0, who: new Int32Array(most), when: new Float64Array(most) };
  }

  of(p: number): Likers {
    const { people, graph, posts, random, likers, asked, lovers, cards } = this;
    const author = posts.author[p]!;
    const at = posts.at[p]!;
    const topic = posts.topic[p]!;
    const wanted = posts.likes[p]!;
    const minute = (at - this.begin) / MINUTE_MS;
    const fansFrom = graph.fansFrom[author]!;
    const fans = graph.fansFrom[author + 1]! - fansFrom;
    const loversFrom = lovers.from[topic]!;
    const others = lovers.from[topic + 1]! - loversFrom;
    const isOpen = people.isPrivate[author] === 0 && posts.isForFollowers[p] === 0;
    const fromFans = !isOpen ? 1 : fans === 0 ? 0 : FROM_FANS;
    const mostTries = fans === 0 && !isOpen ? 0 : wanted * ASKED + 40;
    let got = 0;
    for (let tries = 0; got < wanted && tries < mostTries; tries++) {
      const isFan = random.float() < fromFans;
      const i = isFan ? graph.fans[fansFrom + random.below(fans)]! : lovers.members[loversFrom + random.below(others)]!;
      const card = i * CARD;
      const ready = cards[card + topic]! * cards[card + ACTIVITY]!;
      const chance = random.float();
      if (cards[card + LEFT]! < minute || cards[card + JOINED]! > minute || chance > ready * CLOSEST || asked[i] === p || i === author) continue;
      if (chance > ready * (isFan ? this.closeness(i, author) : 1)) continue;
      const when = at + Math.min(60 * 24, Math.exp((isFan ? 0.9 : 2.2) + 1.5 * random.normal())) * HOUR_MS;
      if (when > people.lastActive[i]! || when > this.until || random.float() > 0.25 + rhythm(when, people.zone[i]!)) continue;
      asked[i] = p;
      likers.who[got] = i;
      likers.when[got++] = Math.floor(when);
    }
    likers.count = got;
    return likers;
  }

  private closeness(i: number, author: number): number {
    const { home, second } = this.people;
    const isNear = home[i] === home[author] || home[i] === second[author] || second[i] === home[author];
    return (isNear ? 2 : 1) * (0.3 + 1.7 * pairFloat(i, author, CLOSE) ** 2);
  }
}

/** How much a post makes people talk, around 1. */
export const talkOf = (p: number): number => 0.4 + 1.2 * pairFloat(p, 0, TALK);

/** Of how many posts it is tried how many of the wanted likes come about: some people will not, some are gone. */
const TRIED = 4_000;

/** Shares likes out to posts so that about `total` come about. */
export function settleLikes(people: People, graph: Graph, posts: Posts, total: number, until: number, seed: number): void {
  let wanted = total;
  for (let round = 0; round < 3; round++) {
    giveLikes(posts, wanted, people, graph, new Random(seed));
    const audience = new Audience(people, graph, posts, new Random(seed + 1), until);
    let [hoped, got] = [0, 0];
    for (let p = 0; p < posts.count; p += Math.max(1, Math.floor(posts.count / TRIED))) {
      hoped += posts.likes[p]!;
      got += audience.of(p).count;
    }
    wanted = (total * hoped) / Math.max(1, got);
  }
  giveLikes(posts, wanted, people, graph, new Random(seed));
}
