import { COLUMNS } from "./columns";
import type { Copy } from "./copy";
import { seedOf } from "./graph";
import { high, low } from "./ids";
import { CLIP, PICTURES, THUMBHASHES } from "./pictures";
import { Random } from "./random";
import { Audience } from "./reactions";
import type { Sink } from "./sink";
import { altOf, caption } from "./words";
import { personHigh, personLow, postHigh, postLow, type World } from "./world";
import { PLACES } from "./write-people";
import { type Counts, Reactions } from "./write-reactions";

/** Posts between two looks at whether Postgres keeps up. */
const BATCH = 16;
const text = (value: string): Buffer => Buffer.from(value);
const T = { published: text("published"), everyone: text("everyone"), followers: text("followers"), photo: text("photo"), video: text("video"), carousel: text("carousel"), post: text("post"), ready: text("ready"), image: text("image"), jpeg: text("image/jpeg"), mp4: text("video/mp4"), version: text("b1") };

/** Posts with their photos, tags and all that people did with them: one pass, since what a post's row counts is known only then. */
export async function writePosts(world: World, sink: Sink, told: (posts: number) => void): Promise<void> {
  const { posts, people, span } = world;
  const random = new Random(seedOf(world.seed, 4));
  const audience = new Audience(people, world.graph, posts, random, span.until);
  const reactions = await Reactions.open(world, sink, random);
  const media = new Media(world, await sink.table("media", COLUMNS.media), random);
  const tagOf = await sink.parts("post_tags", COLUMNS.post_tags);
  let month = -1;
  let copy: Copy | undefined;
  for (let p = 0; p < posts.count; p++) {
    const at = new Date(posts.at[p]!);
    if (at.getUTCMonth() !== month) {
      if (copy) await sink.close(copy, "posts");
      copy = await sink.table("posts", COLUMNS.posts, partitionFor(at));
      month = at.getUTCMonth();
    }
    const [likers, items] = [audience.of(p), media.write(p)];
    writePost(world, copy!, p, items, likers.count, reactions.write(p, likers), tag(world, p, tagOf, random), random);
    if (p % BATCH === 0) {
      await sink.pressure();
      told(p);
    }
  }
}

export const partitionFor = (at: Date): string => `posts_${at.getUTCFullYear()}_${String(at.getUTCMonth() + 1).padStart(2, "0")}`;

/** Writes which tags it bears; returns the caption that says so. */
function tag(world: World, p: number, tagOf: (high: number, low: number) => Copy, random: Random): string {
  const { posts, people, tags } = world;
  const isCounted = people.isPrivate[posts.author[p]!] === 0 && posts.isForFollowers[p] === 0;
  let said = caption(posts.topic[p]!, random.bits());
  for (const n of tags.choose(posts.topic[p]!, isCounted, random)) {
    const [th, tl] = [high(tags.at), low(tags.at, n)];
    const copy = tagOf(th, tl);
    copy.row();
    copy.int8(th, tl);
    copy.int8(postHigh(world, p), postLow(world, p));
    copy.bool(isCounted);
    said += ` #${tags.names[n]}`;
  }
  return said;
}

type Items = { count: number; isVideo: boolean };

function writePost(world: World, copy: Copy, p: number, items: Items, likes: number, counts: Counts, said: string, random: Random): void {
  const { posts, span } = world;
  const [author, at] = [posts.author[p]!, posts.at[p]!];
  copy.row();
  copy.int8(postHigh(world, p), postLow(world, p));
  copy.int8(personHigh(world, author), personLow(world, author));
  copy.raw(T.published);
  copy.raw(posts.isForFollowers[p] ? T.followers : T.everyone);
  copy.raw(items.isVideo ? T.video : items.count > 1 ? T.carousel : T.photo);
  copy.text(said);
  if (random.float() < 0.1) copy.int8(high(span.people), low(span.people, Math.floor(PLACES * random.float() ** 2)));
  else copy.none();
  copy.int4(items.count);
  copy.int4(likes);
  copy.int4(counts.comments);
  copy.int4(counts.saves);
  copy.int4(likes * 9);
  for (let n = 0; n < 3; n++) copy.time(at);
}

/** Rows of photos and videos; the files are not there. */
class Media {
  private n = 0;

  constructor(private readonly world: World, private readonly copy: Copy, private readonly random: Random) {}

  /** Most posts have one photo, some two to five, some a video. */
  write(p: number): Items {
    const kind = this.random.float();
    const items = { isVideo: kind < 0.05, count: kind > 0.93 ? 2 + this.random.below(4) : 1 };
    for (let position = 0; position < items.count; position++) this.item(p, position, items.isVideo);
    return items;
  }

  private item(p: number, position: number, isVideo: boolean): void {
    const { world, copy, random } = this;
    const at = Math.max(world.span.people, world.posts.at[p]! - 5_000);
    const author = world.posts.author[p]!;
    const picture = isVideo ? CLIP : PICTURES[random.below(PICTURES.length)]!;
    copy.row();
    copy.int8(high(at), low(at, this.n++));
    copy.int8(personHigh(world, author), personLow(world, author));
    copy.raw(T.post);
    copy.raw(T.ready);
    copy.raw(isVideo ? T.video : T.image);
    copy.raw(isVideo ? T.mp4 : T.jpeg);
    copy.int8(0, picture.bytes);
    copy.text(`originals/bench/${this.n.toString(36)}`);
    copy.raw(T.version);
    copy.int4(picture.width);
    copy.int4(picture.height);
    if (isVideo) copy.float8(5 + random.below(50));
    else copy.none();
    copy.raw(THUMBHASHES[random.below(THUMBHASHES.length)]!);
    copy.raw(picture.variants);
    copy.int8(postHigh(world, p), postLow(world, p));
    copy.int2(position);
    copy.text(random.float() < 0.6 ? altOf(world.posts.topic[p]!, random.bits()) : "");
    if (isVideo) copy.bool(true);
    else copy.none();
    if (isVideo) copy.raw(CLIP.video);
    else copy.none();
    copy.time(world.posts.at[p]!);
    copy.time(at);
  }
}
