import type { Span } from "./calendar";
import { TOPICS } from "./people";
import type { Random } from "./random";
import { tagNames } from "./words";

/** Tags of all topics in one list, and how many posts that everybody may see bear each. `at` is when they all came up. */
export class Tags {
  readonly names: string[];
  readonly postCount: Int32Array;
  readonly at: number;
  /** Of the post that was looked at last. */
  readonly chosen: number[] = [];
  private readonly from: number[] = [];
  private readonly each: number[];

  constructor(people: number, span: Span) {
    const byTopic = tagNames(people);
    this.each = byTopic.map((names) => names.length);
    byTopic.reduce((sum, names) => (this.from.push(sum), sum + names.length), 0);
    this.names = byTopic.flat();
    this.postCount = new Int32Array(this.names.length);
    this.at = span.people;
  }

  /** None for most posts, up to four for others: of its topic or of everything, the n-th most used about a n-th as often as the first (Zipf). */
  choose(topic: number, isCounted: boolean, random: Random): readonly number[] {
    this.chosen.length = 0;
    const wanted = random.float() < 0.5 ? 0 : 1 + random.below(4);
    for (let n = 0; n < wanted; n++) {
      const group = random.float() < 0.8 ? topic : TOPICS;
      const tag = this.from[group]! + Math.floor((this.each[group]! + 1) ** random.float()) - 1;
      if (this.chosen.includes(tag)) continue;
      this.chosen.push(tag);
      if (isCounted) this.postCount[tag]!++;
    }
    return this.chosen;
  }
}
