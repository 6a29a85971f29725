import { createRandom, type Random } from "../../db/seed/photos/random";
import type { Features, Reader } from "../feed/rankers/types";

/**
 * A made-up community in which people like by hidden tastes, for measuring rankers. What makes somebody like a post (closeness of taste vectors,
 * ties, quality, media, novelty) is drawn here and unknown to the rankers, which see what a server sees: who follows whom and what was liked,
 * commented on and looked at before. What people were shown while the logs arose was chosen blindly, so that no ranker is favoured by them.
 */
export type World = { seed: string; people: number; days: number; /** From here on visits are judged. */ judgedFrom: number };
/** A visit: what could be shown, and what the reader would like of it. */
export type Visit = { posts: Features[]; reader: Reader; liked: Set<string> };

type Person = { id: number; taste: number[]; follows: Map<number, number>; followers: number; postsPerDay: number; videoShare: number; videoTaste: number; looksPerDay: number };
type Post = { id: number; author: Person; topic: number[]; quality: number; isVideo: boolean; at: number; likers: Set<number>; comments: number };
type Mark = { author: number; at: number; weight: number; isVideo: boolean; isLike: boolean };
type Memory = { marks: Mark[]; seen: Set<number>; liked: Set<number> };

const TASTES = 6;
const FOLLOWED = 200;
const NEWEST_DAYS = 21;

export function* visitsOf(world: World): Generator<Visit> {
  const random = createRandom(world.seed);
  const people = makePeople(world.people, random.fork("people"));
  const posts = makePosts(people, world.days, random.fork("posts"));
  const memories = new Map(people.map((person) => [person.id, { marks: [], seen: new Set(), liked: new Set() } as Memory]));
  for (const look of looksOf(people, world.days, random.fork("looks"))) {
    const memory = memories.get(look.person.id)!;
    const before = posts.slice(placeOf(posts, look.at - NEWEST_DAYS), placeOf(posts, look.at));
    if (look.at >= world.judgedFrom) yield judge(look, before, people, memory, random);
    for (const post of blindly(look, before, random)) show(post, look, memory, random);
  }
}

/** How many posts are older. */
function placeOf(posts: readonly Post[], at: number): number {
  let [low, high] = [0, posts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (posts[middle]!.at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function makePeople(count: number, random: Random): Person[] {
  const people: Person[] = Array.from({ length: count }, (_, id) => ({
    id, taste: unit(random), follows: new Map(), followers: 0, postsPerDay: 0.08 + 0.9 * random.next() ** 4, videoShare: random.chance(0.3) ? 0.6 : 0.08, videoTaste: 1.4 * normal(random), looksPerDay: 0.4 + random.next(),
  }));
  const fame = people.map(() => random.next() ** -0.6);
  for (const person of people) {
    const wanted = 8 + Math.floor(40 * random.next() ** 2);
    // Popular people, people of like taste, and acquaintances of any taste.
    const others = people.filter((other) => other !== person).map((other) => ({ other, pull: fame[other.id]! * Math.exp(1.1 * dot(person.taste, other.taste)) * random.next() ** -0.5 }));
    for (const { other } of others.toSorted((a, b) => b.pull - a.pull).slice(0, wanted)) {
      person.follows.set(other.id, random.chance(0.2) ? 1.2 + random.next() : 0);
      other.followers += 1;
    }
  }
  return people;
}

function makePosts(people: readonly Person[], days: number, random: Random): Post[] {
  const posts: Omit<Post, "id">[] = [];
  for (const author of people) {
    for (let at = gap(random) / author.postsPerDay; at < days; at += gap(random) / author.postsPerDay) {
      const topic = author.taste.map((value) => 0.75 * value + 0.5 * normal(random));
      posts.push({ author, at, topic, quality: normal(random), isVideo: random.chance(author.videoShare), likers: new Set(), comments: 0 });
    }
  }
  return posts.sort((a, b) => a.at - b.at).map((post, i) => ({ ...post, id: i + 1 }));
}

type Look = { person: Person; at: number };

function looksOf(people: readonly Person[], days: number, random: Random): Look[] {
  const looks: Look[] = [];
  for (const person of people) for (let at = gap(random) / person.looksPerDay; at < days; at += gap(random) / person.looksPerDay) looks.push({ person, at });
  return looks.sort((a, b) => a.at - b.at);
}

/** What somebody happens to be shown while the logs arise: by chance from what friends and others posted of late. */
function blindly({ person, at }: Look, before: readonly Post[], random: Random): Post[] {
  const late = before.slice(placeOf(before, at - 5)).filter((post) => post.author !== person);
  const pick = (posts: Post[], count: number) => posts.map((post) => ({ post, key: random.next() })).sort((a, b) => a.key - b.key).slice(0, count).map(({ post }) => post);
  return [...pick(late.filter((post) => person.follows.has(post.author.id)), 20), ...pick(late.filter((post) => !person.follows.has(post.author.id)), 8)];
}

/** How likely this person is to like this post when it is before their eyes. */
function appeal(person: Person, post: Post, at: number, wasSeen: boolean): number {
  const tie = person.follows.get(post.author.id) ?? 0;
  const drive = -3 + 1.9 * dot(person.taste, post.topic) + tie + 0.8 * post.quality + (post.isVideo ? person.videoTaste : 0) - 0.22 * (at - post.at);
  return (wasSeen ? 0.15 : 1) / (1 + Math.exp(-drive));
}

function show(post: Post, { person, at }: Look, memory: Memory, random: Random): void {
  const wasSeen = memory.seen.has(post.id);
  memory.seen.add(post.id);
  if (memory.liked.has(post.id) || !random.chance(appeal(person, post, at, wasSeen))) return;
  memory.liked.add(post.id);
  post.likers.add(person.id);
  memory.marks.push({ author: post.author.id, at, weight: 1, isVideo: post.isVideo, isLike: true });
  if (!random.chance(0.15)) return;
  post.comments += 1;
  memory.marks.push({ author: post.author.id, at, weight: 2, isVideo: post.isVideo, isLike: false });
}

function judge(look: Look, before: readonly Post[], people: readonly Person[], memory: Memory, random: Random): Visit {
  const { person, at } = look;
  // Whatever was liked before can't be liked again: it would only make recall easy.
  const open = before.filter((post) => post.author !== person && !memory.liked.has(post.id));
  const followed = open.filter((post) => person.follows.has(post.author.id)).slice(-FOLLOWED);
  const near = new Map<number, number>();
  for (const friend of person.follows.keys()) for (const other of people[friend]!.follows.keys()) near.set(other, (near.get(other) ?? 0) + 1);
  const strange = open.filter((post) => !person.follows.has(post.author.id) && post.at > at - 7).map((post) => ({ post, company: [...post.likers].filter((id) => person.follows.has(id)).length }));
  strange.sort((a, b) => b.company - a.company || b.post.likers.size - a.post.likers.size || b.post.at - a.post.at);
  const own = memory.marks.filter((mark) => mark.author !== person.id);
  const featuresOf = (post: Post, source: Features["source"], company: number): Features => {
    const marks = own.filter((mark) => mark.author === post.author.id);
    return {
      postId: String(post.id), authorId: String(post.author.id), source, company, isVideo: post.isVideo, ageHours: (at - post.at) * 24, likes: post.likers.size, comments: post.comments, audience: post.author.followers,
      interactions: marks.length, affinity: marks.reduce((sum, mark) => sum + mark.weight * 0.5 ** ((at - mark.at) / 30), 0), seen: memory.seen.has(post.id), fewer: 0,
    };
  };
  const posts = [
    ...followed.map((post) => featuresOf(post, "followed", 0)),
    ...strange.slice(0, 80).map(({ post, company }) => company > 0 ? featuresOf(post, "liked_by_followed", company) : near.has(post.author.id) ? featuresOf(post, "friends_of_friends", near.get(post.author.id)!) : featuresOf(post, "popular", 0)),
  ];
  const candidates = new Set(posts.map((post) => post.postId));
  const liked = new Set(open.filter((post) => candidates.has(String(post.id)) && random.chance(appeal(person, post, at, memory.seen.has(post.id)))).map((post) => String(post.id)));
  return { posts, liked, reader: readerOf(person, at, memory, posts) };
}

function readerOf(person: Person, at: number, memory: Memory, posts: readonly Features[]): Reader {
  const likes = memory.marks.filter((mark) => mark.isLike);
  const usual = Math.min(0.95, Math.max(0.05, posts.filter((post) => post.isVideo).length / Math.max(1, posts.length)));
  const share = (likes.filter((mark) => mark.isVideo).length + 6 * usual) / (likes.length + 6);
  return { id: String(person.id), day: String(Math.floor(at)), discovery: 0.5, best: 0.5, video: 0.5, lift: { video: share / usual, photo: (1 - share) / (1 - usual) } };
}

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const gap = (random: Random) => -Math.log(1 - random.next());
const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
function unit(random: Random): number[] {
  const values = Array.from({ length: TASTES }, () => normal(random));
  const length = Math.sqrt(dot(values, values));
  return values.map((value) => value / length);
}
