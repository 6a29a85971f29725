import type { FamilyName } from "../photos/catalogue";
import type { Random } from "../photos/random";
import { planSeries } from "../photos/series";
import { captionWriter, placeFor } from "./captions";
import { DAY, HOUR, type Member, MINUTE, type PlannedPost } from "./plan";

const PHOTOS = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 5, 6] as const;
/** Whose newest post is of today, how long ago, so that a feed begins with different things; each shows what they are known for. */
export const FRESH: Readonly<Record<string, number>> = {
  "hana.clay": 26 * MINUTE, lukasbrandt: 52 * MINUTE, "sofia.almeida": 95 * MINUTE, "noor.haddad": 2.4 * HOUR, priyaraman: 4.1 * HOUR, "arjun.flies": 6.3 * HOUR, tomek_nowak: 9 * HOUR,
};

/** All posts, oldest first. */
export function planPosts(members: readonly Member[], random: Random, now: Date, id: (at: Date) => string): PlannedPost[] {
  const write = captionWriter(random.fork("captions"));
  const drafts = members.flatMap((author) => Array.from({ length: author.posts }, (_, n) => ({ author, n, at: timeOf(author, random, now), isFresh: false })));
  drafts.sort((a, b) => a.at.getTime() - b.at.getTime());
  makeFresh(drafts, now);
  return drafts.map(({ author, n, at, isFresh }) => {
    const own = random.fork(`${author.username} ${n}`);
    const series = { seed: `${author.username} ${n}`, family: isFresh ? author.families[0]! : familyOf(author, n, own), shots: own.pick(PHOTOS) };
    const { subject, descriptions } = planSeries(series);
    return {
      id: id(at), author, at, series, subject, alts: descriptions, caption: write(author, subject), place: placeFor(subject, own),
      commentsEnabled: !own.chance(0.012), likeCountHidden: own.chance(0.01), appeal: isFresh ? 0.95 : 0.15 + 0.85 * own.next() ** 1.6,
    };
  });
}

function familyOf(author: Member, n: number, random: Random): FamilyName {
  // Everyone's newest and oldest show what they are known for.
  return n % 4 === 0 ? author.families[0]! : random.pick(author.families);
}

/** Some time in the last sixty days, more of it lately, at hours when people are awake. */
function timeOf(author: Member, random: Random, now: Date): Date {
  const span = Math.min(60 * DAY, now.getTime() - author.joined.getTime() - 2 * HOUR);
  const at = new Date(now.getTime() - span * (0.012 + 0.988 * random.next() ** 1.25));
  const hour = random.pick([7, 8, 9, 12, 13, 16, 17, 18, 19, 20, 20, 21, 21, 22]);
  at.setUTCHours(hour, random.int(0, 59), random.int(0, 59), random.int(0, 999));
  const latest = now.getTime() - 10 * HOUR;
  return at.getTime() > latest ? new Date(latest - random.range(0, 8) * HOUR) : at;
}

/** Moves the newest post of some people to today. */
function makeFresh(drafts: { author: Member; at: Date; isFresh: boolean }[], now: Date): void {
  for (const [username, ago] of Object.entries(FRESH)) {
    const draft = drafts.findLast(({ author }) => author.username === username)!;
    draft.at = new Date(now.getTime() - ago);
    draft.isFresh = true;
  }
  drafts.sort((a, b) => a.at.getTime() - b.at.getTime());
}
