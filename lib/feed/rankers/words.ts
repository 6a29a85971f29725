import { SOURCES, type Scored, type Source, type Term, TERMS } from "./types";

/** Why a post stands where it does, as the API and the pages show it. `value`s are parts of the score and add up to it. */
export type ReasonView = { source: Source; text: string; terms: { name: Term["name"]; value: number; text: string }[] };

/** What is kept of a ranked post to say later why it was there: numbers only, since hundreds are kept for each visit. */
export type Facts = { source: Source; company: number; isVideo: boolean; ageHours: number; likes: number; comments: number; interactions: number; terms: Term[] };

export type PackedFacts = (number | number[])[];

const round = (value: number) => Math.round(value * 1000) / 1000;

export function packFacts({ features: f, terms }: Scored): PackedFacts {
  return [SOURCES.indexOf(f.source), f.company, f.isVideo ? 1 : 0, round(f.ageHours), f.likes, f.comments, f.interactions, terms.flatMap(({ name, value }) => [TERMS.indexOf(name), round(value)])];
}

export function unpackFacts(packed: PackedFacts): Facts {
  const [source, company, isVideo, ageHours, likes, comments, interactions] = packed as number[];
  const flat = packed[7] as number[];
  const terms = flat.flatMap((value, i) => (i % 2 === 1 ? [{ name: TERMS[flat[i - 1]!]!, value }] : []));
  return { source: SOURCES[source!]!, company: company!, isVideo: isVideo === 1, ageHours: ageHours!, likes: likes!, comments: comments!, interactions: interactions!, terms };
}

/** The facts in words. `author` is the username as it is now. */
export function reasonOf(facts: Facts, author: string): ReasonView {
  return { source: facts.source, text: sourceText(facts, author), terms: facts.terms.map((term) => ({ ...term, text: termText(term, facts, author) })) };
}

const people = (count: number) => (count === 1 ? "somebody you follow" : `${count} people you follow`);

function sourceText({ source, company }: Pick<Facts, "source" | "company">, author: string): string {
  if (source === "own") return "Your own post";
  if (source === "followed") return `You follow ${author}`;
  if (source === "liked_by_followed") return `Liked by ${people(company)}`;
  if (source === "friends_of_friends") return `Its author is followed by ${people(company)}`;
  return source === "popular" ? "Popular here right now" : "A fresh post by a small account";
}

function termText({ name, value }: Term, facts: Facts, author: string): string {
  switch (name) {
    case "likes": return `${many(facts.likes, "like")} so far`;
    case "comments": return `${many(facts.comments, "comment")} so far`;
    case "freshness": return `Posted ${ageText(facts.ageHours)}`;
    case "affinity": return facts.interactions === 0 ? `You have not liked ${author}’s posts yet` : `You ${facts.interactions >= 5 ? "often like" : "have liked"} what ${author} posts`;
    case "reception": return receptionText(value);
    case "source": return sourceText(facts, author);
    case "media": return `You ${value > 0 ? "like" : "care less for"} ${facts.isVideo ? "videos" : "photos"}`;
    case "own": return "You have just posted it";
    case "chance": return "A small account gets its chance with you today";
    case "seen": return "You have seen it already";
    case "fewer": return "You asked for fewer posts like this";
    case "variety": return `Another post by ${author} stands nearby`;
  }
}

const many = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

function receptionText(value: number): string {
  if (Math.abs(value) < 0.25) return "About as many likes and comments as usual for its age";
  return value > 0 ? "More likes and comments than usual for its age" : "Fewer likes and comments than usual for its age";
}

function ageText(hours: number): string {
  if (hours < 1) return hours < 1 / 60 ? "just now" : `${many(Math.round(hours * 60), "minute")} ago`;
  return hours < 36 ? `${many(Math.round(hours), "hour")} ago` : `${many(Math.round(hours / 24), "day")} ago`;
}
