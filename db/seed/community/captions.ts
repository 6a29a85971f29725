import type { Random } from "../photos/random";
import { LAND } from "../words/captions-land";
import { NEAR, SHORT } from "../words/captions-near";
import { SKY } from "../words/captions-sky";
import { TOWN } from "../words/captions-town";
import { type Language, languageOf, type Phrase, speakerOf, textOf } from "../words/language";
import { PLACES, TAGS } from "../words/tags";
import type { Member } from "./plan";

const CAPTIONS: Record<string, readonly Phrase[]> = { ...LAND, ...SKY, ...TOWN, ...NEAR };

/** Tags that only people of a language use. */
const TAG_LANGUAGE: Record<string, Language> = {
  berge: "de", wald: "de", wolken: "de", montagne: "fr", صحراء: "ar", نجوم: "ar", 森: "ja", 月: "ja", 雨: "ja", mar: "pt", praia: "pt", θάλασσα: "el",
  norrsken: "sv", vinter: "sv", deszcz: "pl", architettura: "it", 빛: "ko", 도자기: "ko", 꽃: "ko", 墨: "zh",
};

/** Writes captions; a phrase comes back as late as possible, long ones and a person's own words only once. */
export function captionWriter(random: Random): (author: Member, subject: string) => string {
  const used = new Map<string, number>(), said = new Set<string>();
  return (author, subject) => {
    if (random.chance(0.05)) return "";
    const isShort = random.chance(0.14);
    const fitting = (isShort ? SHORT : (CAPTIONS[subject] ?? SHORT)).filter((phrase) => isFor(phrase, author, used, said));
    if (fitting.length === 0) return tagged("", author, subject, random);
    const weight = (phrase: Phrase) => (used.get(textOf(phrase)) ?? 0) * 10 - (languageOf(phrase) === author.language ? 4 : 0) - (speakerOf(phrase) ? 4 : 0) + random.range(0, 7);
    const [first] = fitting.map((phrase) => ({ phrase, w: weight(phrase) })).sort((a, b) => a.w - b.w);
    const text = textOf(first!.phrase);
    used.set(text, (used.get(text) ?? 0) + 1);
    said.add(`${author.username} ${text}`);
    return isShort && random.chance(0.6) ? text : tagged(text, author, subject, random);
  };
}

function isFor(phrase: Phrase, author: Member, used: Map<string, number>, said: Set<string>): boolean {
  const text = textOf(phrase), language = languageOf(phrase), speaker = speakerOf(phrase);
  if (language !== "en" && language !== author.language) return false;
  if (speaker !== undefined && speaker !== author.username) return false;
  if ((text.length > 180 || speaker !== undefined) && used.has(text)) return false;
  return !said.has(`${author.username} ${text}`) && !text.includes(`@${author.username}`);
}

function tagged(text: string, author: Member, subject: string, random: Random): string {
  const known = (TAGS[subject] ?? []).filter((tag) => !TAG_LANGUAGE[tag] || TAG_LANGUAGE[tag] === author.language);
  const count = Math.min(known.length, random.pick([0, 1, 2, 2, 3, 3, 4, 5]));
  // The common ones come more often, so that tags have many posts.
  const chosen = known.map((tag, i) => ({ tag, w: i * 0.6 + random.range(0, 4) })).sort((a, b) => a.w - b.w).slice(0, count);
  const line = chosen.map(({ tag }) => `#${tag}`).join(" ");
  if (!line) return text;
  return text === "" ? line : `${text}${random.chance(0.5) ? "\n\n" : " "}${line}`;
}

/** A place for about three posts in five. */
export function placeFor(subject: string, random: Random): string | null {
  const known = PLACES[subject];
  return known && random.chance(0.6) ? random.pick(known) : null;
}
