import type { Features, Ranker, Reader, Term } from "./types";

/**
 * Our own. Scores are on a scale of logarithms, where terms add up: twice as many likes is a step, not twice the score. What a term is worth
 * was chosen by the offline measure (lib/decisions, "How the default ranker was chosen"); none of them ends at an hour.
 */
export const defaultRanker: Ranker = {
  name: "default",
  window: null,
  isSpread: true,
  terms: (post, reader) => [
    { name: "freshness", value: freshness(post.ageHours) * 2 ** (-2 * tilt(reader.best)) },
    { name: "reception", value: reception(post) * 2 ** (2 * tilt(reader.best)) },
    { name: "affinity", value: 0.8 * Math.log1p(post.affinity) },
    { name: "source", value: source(post) + push(reader.discovery, isFollowed(post) ? -1 : 1) },
    { name: "media", value: 0.7 * Math.log(post.isVideo ? reader.lift.video : reader.lift.photo) + push(reader.video, post.isVideo ? 1 : -1) },
    { name: "own", value: post.source === "own" ? 6 / (1 + post.ageHours) : 0 },
    { name: "chance", value: chance(post, reader) },
    { name: "seen", value: post.seen ? -8 : 0 },
    { name: "fewer", value: -Math.min(12, 4 * post.fewer) },
  ].filter((term) => term.value !== 0) as Term[],
};

const isFollowed = ({ source }: Features) => source === "followed" || source === "own";

/** 12 at once, 8.6 after 8 hours, 5.5 after a day, 1.3 after a week. */
const freshness = (ageHours: number) => 12 / (1 + ageHours / 20);

/**
 * Likes and comments against what an author with so many followers may expect after so long. Two imagined ones on both sides keep the first
 * like from deciding anything; a post just published is neither good nor bad.
 */
function reception({ likes, comments, audience, ageHours }: Features): number {
  const expected = (0.5 + 0.08 * audience ** 0.9) * (1 - Math.exp(-ageHours / 18));
  return Math.max(-3, Math.min(3, 1.3 * Math.log((likes + 2 * comments + 2) / (expected + 2))));
}

function source({ source: from, company }: Features): number {
  if (from === "followed") return 4;
  if (from === "liked_by_followed") return 1.6 * Math.log1p(company);
  if (from === "friends_of_friends") return 0.5 * Math.log1p(company);
  return 0;
}

const CHANCE = { below: 100, noticed: 5, hours: 36, share: 0.1, value: 5 };

/** One in ten fresh posts of small accounts that hardly anybody has noticed is tried on a reader who does not follow them, the same ones all day. */
function chance(post: Features, reader: Reader): number {
  if (isFollowed(post) || post.audience >= CHANCE.below || post.likes + post.comments >= CHANCE.noticed || post.ageHours > CHANCE.hours) return 0;
  return fraction(`${reader.id} ${reader.day} ${post.postId}`) < CHANCE.share ? CHANCE.value : 0;
}

/** A slider from -1 to 1. */
const tilt = (slider: number) => 2 * slider - 1;

/** What a slider adds to one side and takes from the other: little near the middle, at its end more than all the rest. */
const push = (slider: number, side: 1 | -1) => side * (3 * tilt(slider) + 5 * tilt(slider) ** 3);

/** 0 to 1 from a text, evenly spread (FNV-1a with a final mix). */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
