import { skeletonOf } from "@/lib/accounts/skeleton";
import { DAY_MS } from "./calendar";
import { COLUMNS } from "./columns";
import type { Copy } from "./copy";
import { followedAt, inOrderOfTime, isRequested, seedOf } from "./graph";
import { digits, high, low } from "./ids";
import { mix, Random } from "./random";
import type { Sink } from "./sink";
import { capital, nameOf, placeName } from "./words";
import { fansOf, personHigh, personLow, type World } from "./world";

const EMAIL = "@bench.invalid";
export const PLACES = 1_000;
/** Rows between two looks at whether Postgres keeps up. */
const BATCH = 2_048;

const idTo = (copy: Copy, world: World, i: number): void => copy.int8(personHigh(world, i), personLow(world, i));

export async function writeFollows(world: World, sink: Sink): Promise<void> {
  const { people, graph, span } = world;
  const copy = await sink.table("follows", COLUMNS.follows);
  const [active, requested] = [Buffer.from("active"), Buffer.from("requested")];
  const order = inOrderOfTime(people, graph, span.people, span.until);
  for (let n = 0; n < graph.count; n++) {
    const follower = graph.follower[order[n]!]!;
    const followee = graph.followee[order[n]!]!;
    const at = followedAt(people, follower, followee);
    copy.row();
    copy.int8(high(at), low(at, n));
    idTo(copy, world, follower);
    idTo(copy, world, followee);
    copy.raw(isRequested(people, follower, followee) ? requested : active);
    copy.time(at);
    if (n % BATCH === 0) await sink.pressure();
  }
}

/** People with the numbers that their rows elsewhere add up to. */
export async function writePeople(world: World, sink: Sink): Promise<void> {
  const { people, graph, postCount } = world;
  const copy = await sink.table("users", COLUMNS.users);
  const width = String(people.count).length;
  for (let i = 0; i < people.count; i++) {
    const n = mix(i + 1);
    const [first, last] = nameOf(n);
    // Of the same width for all, so that no two look alike either.
    const username = `${first}_${last}_${String(i).padStart(width, "0")}`;
    const seen = Math.max(people.joined[i]!, people.lastActive[i]! - ((n % 997) / 997) ** 2 * 14 * DAY_MS);
    copy.row();
    idTo(copy, world, i);
    copy.text(username);
    copy.text(username);
    copy.text(skeletonOf(username));
    copy.text(i + EMAIL);
    copy.text(i + EMAIL);
    copy.text("!");
    copy.text(`${capital(first)} ${capital(last)}`);
    copy.text(n % 3 ? "Here for the pictures." : "");
    copy.bool(people.isPrivate[i] === 1);
    copy.bool(people.fame[i]! < 50);
    copy.int4(fansOf(world, i));
    copy.int4(graph.followingCount[i]!);
    copy.int4(postCount[i]!);
    copy.int8(high(seen), low(seen, 0));
    copy.time(people.lastActive[i]!);
    copy.time(people.joined[i]!);
    copy.time(people.joined[i]!);
    if (i % BATCH === 0) await sink.pressure();
  }
}

export async function writePlaces({ span }: World, sink: Sink): Promise<void> {
  const copy = await sink.table("places", COLUMNS.places);
  for (let n = 0; n < PLACES; n++) {
    copy.row();
    copy.int8(high(span.people), low(span.people, n));
    copy.text(placeName(n));
    copy.text(placeName(n).toLowerCase());
    copy.float8((mix(n + 1) % 1_400) / 10 - 60);
    copy.float8((mix(n + 7) % 3_600) / 10 - 180);
    copy.time(span.people);
  }
}

/** Written after the posts, when it is known how many bear each. */
export async function writeTags({ tags }: World, sink: Sink): Promise<void> {
  const copy = await sink.table("tags", COLUMNS.tags);
  tags.names.forEach((name, n) => {
    copy.row();
    copy.int8(high(tags.at), low(tags.at, n));
    copy.text(name);
    copy.int4(tags.postCount[n]!);
    copy.time(tags.at);
  });
}

/** Blocks between people who don't follow each other, mutes of some who are followed, and who is merged at read. */
export async function writeExceptions(world: World, sink: Sink): Promise<void> {
  const { people, graph, span, size } = world;
  const random = new Random(seedOf(world.seed, 5));
  const [blocks, mutes, authors] = [await sink.table("blocks", COLUMNS.blocks), await sink.table("mutes", COLUMNS.mutes), await sink.table("feed_authors", COLUMNS.feed_authors)];
  const pair = (copy: Copy, n: number, a: number, b: number) => {
    const at = Math.max(people.joined[a]!, people.joined[b]!) + 60_000;
    copy.row();
    copy.int8(high(at), low(at, n));
    idTo(copy, world, a);
    idTo(copy, world, b);
    copy.time(at);
  };
  const follows = (a: number, b: number) => graph.followee.subarray(graph.from[a]!, graph.from[a + 1]!).includes(b);
  const known = new Set<number>();
  for (let n = 0; n < people.count / 50; n++) {
    const [a, b] = [random.below(people.count), random.below(people.count)];
    if (a === b || follows(a, b) || follows(b, a) || known.has(a * people.count + b)) continue;
    known.add(a * people.count + b);
    pair(blocks, n, a, b);
  }
  for (let n = 0; n < people.count / 20; n++) {
    const edge = random.below(graph.count);
    const key = graph.follower[edge]! * people.count + graph.followee[edge]!;
    if (known.has(key)) continue;
    known.add(key);
    pair(mutes, n, graph.follower[edge]!, graph.followee[edge]!);
  }
  for (let i = 0; i < people.count; i++) {
    if (fansOf(world, i) < size.pullThreshold) continue;
    authors.row();
    idTo(authors, world, i);
    authors.bool(true);
    authors.int8(high(span.posts), low(span.posts, i));
  }
}

export const personDigits = (world: World, i: number): string => digits(world.people.joined[i]!, i);
