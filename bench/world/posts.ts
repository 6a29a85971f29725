import { HOUR_MS, postsPerHour, rhythm, type Span } from "./calendar";
import type { Graph } from "./graph";
import { type People, TOPICS } from "./people";
import { Random, Weighted } from "./random";
import type { Size } from "./sizes";

/** More than a third never post. */
const SILENT = 0.36;
/** How much of the likes come from those who follow the author. */
export const FROM_FANS = 0.8;

/** Columns, one entry a post in the order of time. */
export type Posts = {
  count: number;
  /** Ms since 1970. */
  at: Float64Array;
  author: Int32Array;
  topic: Uint8Array;
  isForFollowers: Uint8Array;
  /** Likes it would have if it were old. */
  likes: Uint32Array;
};

/** Posts with their moment, author, topic and how well they will be liked: a few very well, most hardly. */
export function makePosts(size: Size, span: Span, people: People, graph: Graph, seed: number): Posts {
  const random = new Random(seed);
  const count = size.posts;
  const posts: Posts = { count, at: new Float64Array(count), author: new Int32Array(count), topic: new Uint8Array(count), isForFollowers: new Uint8Array(count), likes: new Uint32Array(count) };
  const authors = new Weighted(readiness(people, random));
  let p = 0;
  postsPerHour(span, count).forEach((many, hour) => {
    for (let n = 0; n < many; n++, p++) {
      const at = Math.floor(span.posts + (hour + (n + random.float()) / many) * HOUR_MS);
      posts.at[p] = Math.min(at, span.until - 1_000);
      posts.author[p] = authorAt(posts.at[p]!, authors, people, random);
      posts.topic[p] = topicOf(posts.author[p]!, people, random);
      posts.isForFollowers[p] = random.float() < 0.01 ? 1 : 0;
    }
  });
  return posts;
}

/** How readily each posts; the better known more. */
function readiness(people: People, random: Random): Float32Array {
  return Float32Array.from({ length: people.count }, (_, i) => {
    const known = 1 + 6 / (1 + (500 * people.fame[i]!) / people.count);
    return random.float() < SILENT && known < 2 ? 0 : people.activity[i]! * known * Math.exp(random.normal());
  });
}

/** Somebody who had come, had not gone, and whose time of day it was. */
function authorAt(at: number, authors: Weighted, people: People, random: Random): number {
  for (let tries = 0; ; tries++) {
    const i = authors.draw(random);
    // In the world's first hours and last minutes hardly anybody would do.
    if (tries > 2_000) return people.byFame[0]!;
    if (people.joined[i]! > at || people.lastActive[i]! < at) continue;
    if (tries > 100 || random.float() < rhythm(at, people.zone[i]!)) return i;
  }
}

/** People post about what they care for, hardly ever about anything else. */
function topicOf(author: number, { taste }: People, random: Random): number {
  let left = random.float();
  for (let topic = 0; topic < TOPICS - 1; topic++) {
    left -= taste[author * TOPICS + topic]!;
    if (left < 0) return topic;
  }
  return TOPICS - 1;
}

/** Shares the likes out: by the author's followers and by a luck that few posts have much of, the fresher the more, at most so many as there are people who care. */
export function giveLikes(posts: Posts, total: number, { isPrivate }: People, { fansFrom }: Graph, random: Random): void {
  const [wanted, most] = [new Float32Array(posts.count), new Float32Array(posts.count)];
  for (let p = 0; p < posts.count; p++) {
    const author = posts.author[p]!;
    const fans = fansFrom[author + 1]! - fansFrom[author]!;
    const isOpen = isPrivate[author] === 0 && posts.isForFollowers[p] === 0;
    wanted[p] = (2 + fans) ** 0.8 * Math.exp(1.1 * random.normal()) * (0.75 + (0.5 * p) / posts.count);
    most[p] = 0.35 * fans + (isOpen ? 6 + 0.15 * fans : 0);
  }
  const scale = scaleFor(wanted, most, total);
  for (let p = 0; p < posts.count; p++) posts.likes[p] = random.round(Math.min(most[p]!, wanted[p]! * scale));
}

/** By how much to multiply what is wanted so that, none above its most, it sums to the total. */
function scaleFor(wanted: Float32Array, most: Float32Array, total: number): number {
  let [low, high] = [0, 1_000];
  for (let round = 0; round < 40; round++) {
    const middle = (low + high) / 2;
    let sum = 0;
    for (let p = 0; p < wanted.length; p++) sum += Math.min(most[p]!, wanted[p]! * middle);
    if (sum < total) low = middle;
    else high = middle;
  }
  return high;
}
