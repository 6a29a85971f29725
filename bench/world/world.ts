import { type Span, spanUntil } from "./calendar";
import { type Graph, makeGraph, seedOf } from "./graph";
import { high, low } from "./ids";
import { makePeople, type People } from "./people";
import { makePosts, type Posts } from "./posts";
import { settleLikes } from "./reactions";
import { Tags } from "./tagging";
import type { Size } from "./sizes";

/** A world in memory: everything but the reactions, of which there are too many. The same for the same size, seed and end. */
export type World = { size: Size; seed: number; span: Span; people: People; graph: Graph; posts: Posts; tags: Tags; postCount: Int32Array };

/** @param until the last moment in it, ms since 1970 */
export function makeWorld(size: Size, seed: number, until: number, say: (what: string) => void = () => {}): World {
  const span = spanUntil(until);
  const people = makePeople(size, span, seedOf(seed, 1));
  say("people");
  const graph = makeGraph(size, people, seedOf(seed, 2));
  say("follows");
  const posts = makePosts(size, span, people, graph, seedOf(seed, 3));
  settleLikes(people, graph, posts, size.likes, span.until, seedOf(seed, 6));
  say("posts");
  const postCount = new Int32Array(people.count);
  for (let p = 0; p < posts.count; p++) postCount[posts.author[p]!]!++;
  return { size, seed, span, people, graph, posts, tags: new Tags(size.people, span), postCount };
}

/** Halves of the ids of people, posts and tags. */
export const personHigh = ({ people }: World, i: number): number => high(people.joined[i]!);
export const personLow = ({ people }: World, i: number): number => low(people.joined[i]!, i);
export const postHigh = ({ posts }: World, p: number): number => high(posts.at[p]!);
export const postLow = ({ posts }: World, p: number): number => low(posts.at[p]!, p);

export const fansOf = ({ graph }: World, i: number): number => graph.fansFrom[i + 1]! - graph.fansFrom[i]!;
