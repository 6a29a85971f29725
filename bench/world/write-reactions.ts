import { DAY_MS } from "./calendar";
import { COLUMNS } from "./columns";
import type { Copy } from "./copy";
import { digits, high, low } from "./ids";
import type { Random } from "./random";
import { type Likers, talkOf } from "./reactions";
import type { Sink } from "./sink";
import { personDigits } from "./write-people";
import { remark } from "./words";
import { personHigh, personLow, postHigh, postLow, type World } from "./world";

/** Comments per like; replies, and likes of a comment, per comment; saves per like. */
const [COMMENTS, REPLIES, COMMENT_LIKES, SAVES] = [0.1, 0.15, 0.25, 0.02];
/** Days of which people still have notifications of likes, and how many of the likers are in one. */
const [TOLD_DAYS, ACTORS] = [14, 5];

export type Counts = { comments: number; saves: number };

/** Writes what people did with posts, one post after another. */
export class Reactions {
  private readonly commenters = { who: [] as number[], when: [] as number[], n: [] as number[], parent: [] as number[], replies: [] as number[] };
  private like = 0;
  private comment = 0;
  private notice = 0;

  private constructor(
    private readonly world: World, private readonly random: Random, private readonly likes: (high: number, low: number) => Copy, private readonly saves: (high: number, low: number) => Copy,
    private readonly comments: Copy, private readonly commentLikes: Copy, private readonly notifications: Copy, private readonly actors: Copy,
  ) {}

  static async open(world: World, sink: Sink, random: Random): Promise<Reactions> {
    return new Reactions(world, random, await sink.parts("likes", COLUMNS.likes), await sink.parts("saves", COLUMNS.saves), await sink.table("comments", COLUMNS.comments),
      await sink.table("comment_likes", COLUMNS.comment_likes), await sink.table("notifications", COLUMNS.notifications), await sink.table("notification_actors", COLUMNS.notification_actors));
  }

  /** Everything about one post. Returns how many comments and saves it got. */
  write(p: number, likers: Likers): Counts {
    const { world, random } = this;
    const ph = postHigh(world, p);
    const pl = postLow(world, p);
    const likes = this.likes(ph, pl);
    const firstLike = this.like;
    let saves = 0;
    for (let n = 0; n < likers.count; n++) {
      const i = likers.who[n]!;
      const at = likers.when[n]!;
      likes.row();
      likes.int8(high(at), low(at, this.like++));
      likes.int8(ph, pl);
      likes.int8(personHigh(world, i), personLow(world, i));
      likes.time(at);
      if (random.float() < SAVES) {
        this.save(ph, pl, i, at, n);
        saves++;
      }
    }
    this.tell(p, likers, firstLike);
    return { comments: this.talk(p, likers), saves };
  }

  private save(ph: number, pl: number, i: number, at: number, n: number): void {
    const [ih, il] = [personHigh(this.world, i), personLow(this.world, i)];
    const saves = this.saves(ih, il);
    saves.row();
    saves.int8(high(at), low(at, n));
    saves.int8(ih, il);
    saves.int8(ph, pl);
    saves.time(at);
  }

  /** Some of those who liked it say something, some of that in answer to what was said before. */
  private talk(p: number, likers: Likers): number {
    const { world: { people, span, posts }, random, commenters: { who, when, n, parent, replies } } = this;
    const likely = COMMENTS * talkOf(p);
    let count = 0;
    for (let l = 0; l < likers.count; l++) {
      if (random.float() > likely) continue;
      const i = likers.who[l]!;
      const to = count > 0 && random.float() < REPLIES ? random.below(count) : -1;
      const isReply = to >= 0 && parent[to] === -1;
      const at = (isReply ? Math.max(likers.when[l]!, when[to]!) : likers.when[l]!) + 1_000 + random.below(600_000);
      if (at > Math.min(people.lastActive[i]!, span.until)) continue;
      [who[count], when[count], n[count], parent[count], replies[count]] = [i, at, this.comment++, isReply ? to : -1, 0];
      if (isReply) replies[to]!++;
      count++;
    }
    for (let c = 0; c < count; c++) this.say(p, c, likers, posts.topic[p]!);
    return count;
  }

  private say(p: number, c: number, likers: Likers, topic: number): void {
    const { world, random, comments, commenters: { who, when, n, parent, replies } } = this;
    const [at, above] = [when[c]!, parent[c]!];
    comments.row();
    comments.int8(high(at), low(at, n[c]!));
    comments.int8(postHigh(world, p), postLow(world, p));
    comments.int8(personHigh(world, who[c]!), personLow(world, who[c]!));
    if (above === -1) comments.none();
    else comments.int8(high(when[above]!), low(when[above]!, n[above]!));
    comments.text(remark(topic, random.bits()));
    comments.int4(this.likeComment(at, n[c]!, likers));
    comments.int4(replies[c]!);
    comments.time(at);
  }

  private likeComment(at: number, n: number, likers: Likers): number {
    const { world, random, commentLikes } = this;
    const wanted = Math.min(likers.count, random.round(2 * COMMENT_LIKES * random.float()));
    const first = random.below(likers.count);
    for (let l = 0; l < wanted; l++) {
      const i = likers.who[(first + l) % likers.count]!;
      commentLikes.row();
      commentLikes.int8(high(at), low(at, n));
      commentLikes.int8(personHigh(world, i), personLow(world, i));
      commentLikes.time(Math.min(world.span.until, at + 60_000));
    }
    return wanted;
  }

  /** What an author who was here lately is told of the likes of a fresh post. */
  private tell(p: number, likers: Likers, firstLike: number): void {
    const { world, notifications, actors } = this;
    const { people, posts, span } = world;
    const author = posts.author[p]!;
    if (likers.count === 0 || posts.at[p]! < span.until - TOLD_DAYS * DAY_MS || people.lastActive[author]! < span.until - 2 * TOLD_DAYS * DAY_MS) return;
    const count = Math.min(ACTORS, likers.count);
    let last = 0;
    for (let n = 1; n < count; n++) if (likers.when[n]! > likers.when[last]!) last = n;
    const [at, number, post] = [likers.when[last]!, this.notice++, digits(posts.at[p]!, p)];
    notifications.row();
    notifications.int8(high(at), low(at, number));
    notifications.int8(high(at), low(at, number));
    notifications.int8(personHigh(world, author), personLow(world, author));
    notifications.text("like");
    notifications.text(`like:${post}`);
    notifications.int8(postHigh(world, p), postLow(world, p));
    notifications.int4(count);
    notifications.time(at);
    notifications.time(at);
    for (let n = 0; n < count; n++) {
      const [i, when] = [likers.who[n]!, likers.when[n]!];
      actors.row();
      actors.int8(high(at), low(at, number));
      actors.int8(personHigh(world, i), personLow(world, i));
      actors.int8(personHigh(world, author), personLow(world, author));
      actors.text(`like:${post}:${personDigits(world, i)}`);
      actors.int8(high(when), low(when, firstLike + n));
      actors.time(when);
    }
  }
}
