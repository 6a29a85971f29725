import type { Features, Ranker, Reader, Scored } from "./types";

/** How far back further posts of an author are felt, places: about a page. */
const REACH = 20;
/** What each of them takes off. */
const CROWD = 1.5;

/** All posts in the order of the ranker, best first; the newer of two that score the same. `limit`: how many places are wanted. */
export function rank(ranker: Ranker, posts: readonly Features[], reader: Reader, limit = posts.length): Scored[] {
  const scored = posts.map((features) => {
    const terms = ranker.terms(features, reader);
    return { features, terms, score: terms.reduce((sum, term) => sum + term.value, 0) };
  });
  const isLate = ({ features }: Scored) => ranker.window !== null && features.ageHours > ranker.window;
  scored.sort((a, b) => Number(isLate(a)) - Number(isLate(b)) || b.score - a.score || (BigInt(b.features.postId) > BigInt(a.features.postId) ? 1 : -1));
  return ranker.isSpread ? spread(scored, limit) : scored.slice(0, limit);
}

/** Never two of an author in a row while there is another, and each further one on a page counts for less. */
function spread(scored: readonly Scored[], limit: number): Scored[] {
  const waiting = new Map<string, Scored[]>();
  for (const post of scored.toReversed()) {
    const list = waiting.get(post.features.authorId);
    if (list) list.push(post);
    else waiting.set(post.features.authorId, [post]);
  }
  const heads = [...waiting.values()];
  const placed: Scored[] = [];
  const near = new Map<string, number>();
  const count = (post: Scored | undefined, by: 1 | -1) => post && near.set(post.features.authorId, (near.get(post.features.authorId) ?? 0) + by);
  while (placed.length < limit) {
    const last = placed.at(-1)?.features.authorId;
    let best: { list: Scored[]; score: number } | undefined;
    for (const list of heads) {
      const post = list.at(-1);
      if (!post || (post.features.authorId === last && heads.length > 1 && isAnotherLeft(heads, last))) continue;
      const score = post.score - CROWD * (near.get(post.features.authorId) ?? 0);
      if (!best || score > best.score) best = { list, score };
    }
    if (!best) break;
    const post = best.list.pop()!;
    const crowd = post.score - best.score;
    placed.push(crowd > 0 ? { ...post, score: best.score, terms: [...post.terms, { name: "variety", value: -crowd }] } : post);
    count(post, 1);
    if (placed.length > REACH) count(placed[placed.length - 1 - REACH], -1);
  }
  return placed;
}

const isAnotherLeft = (heads: readonly Scored[][], author: string | undefined) => heads.some((list) => list.length > 0 && list[0]!.features.authorId !== author);
