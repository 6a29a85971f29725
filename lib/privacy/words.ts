/**
 * Finds words and phrases that a person does not want to read. Pure. Whole words only, in any script; letter case, width
 * (NFKC), invisible characters and marks that were put on to escape it do not matter.
 */

/** A text as it is compared. `gaps` are the places where something invisible was taken out, which may have parted two words. */
type Folded = { text: string; gaps: ReadonlySet<number> };

/** Accents are kept in `exact`, and are gone in `plain`, as are the skin tones of emoji. */
type BothFolds = { exact: Folded; plain: Folded };

export type HiddenWord = { exact: string; plain: string };

const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]/u;
const PICTURE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;
/** Between letters of these scripts the joiners belong to the spelling. */
const JOINED = /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Oriya}]/u;
/** Marks that one can put on any letter. Not those of Indic scripts or kana, which are part of the spelling, nor that of keycaps. */
const LOOSE_MARK = /[\u0300-\u036F\u0483-\u0489\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20E2\u20E4-\u20FF\uFE20-\uFE2F]/gu;
const ACCENTED = /([\p{Script=Latin}\p{Script=Greek}])[\u0300-\u036F]+/gu;

/** Capitals first, so that ß meets SS and every form of sigma its small one. */
const foldCase = (text: string) => text.toUpperCase().toLowerCase().replaceAll("ς", "σ").replaceAll("ı", "i").replaceAll("i\u0307", "i");

function foldExact(text: string): string {
  return foldCase(text.normalize("NFKC")).normalize("NFKC").replace(LOOSE_MARK, "");
}

function foldPlain(text: string): string {
  return foldExact(text.normalize("NFKD").replace(ACCENTED, "$1").replace(/\p{Emoji_Modifier}/gu, ""));
}

/** Takes out what nobody sees, but for what holds an emoji together, and runs of blanks. */
function fold(text: string, foldWord: (text: string) => string): Folded {
  const gaps = new Set<number>();
  let folded = "";
  let piece = "";
  const flush = () => {
    folded += foldWord(piece);
    piece = "";
  };
  const chars = [...text];
  chars.forEach((char, i) => {
    if (!INVISIBLE.test(char)) return void (piece += char);
    const before = chars[i - 1] === "\uFE0F" ? chars[i - 2] : chars[i - 1];
    if (char === "\u200D" && before !== undefined && PICTURE.test(before) && PICTURE.test(chars[i + 1] ?? "")) return void (piece += char);
    const isSpelling = (char === "\u200C" || char === "\u200D") && JOINED.test(chars[i - 1] ?? "");
    const isSelector = /\p{Variation_Selector}/u.test(char);
    // Where a mark follows, the letter before it must stay with it.
    if (isSpelling || isSelector || /\p{M}/u.test(chars[i + 1] ?? "")) return;
    flush();
    gaps.add(folded.length);
  });
  flush();
  return tidy(folded, gaps);
}

/** One blank for each run of them. */
function tidy(text: string, gaps: Set<number>): Folded {
  if (!/\s\s|[^\S ]/u.test(text)) return { text, gaps };
  const moved = new Set<number>();
  let tidied = "";
  for (let i = 0; i <= text.length; i++) {
    if (gaps.has(i)) moved.add(tidied.length);
    if (i === text.length) break;
    if (!/\s/u.test(text[i]!)) tidied += text[i];
    else if (!tidied.endsWith(" ")) tidied += " ";
  }
  return { text: tidied, gaps: moved };
}

/** A word or phrase as it is kept: two that are found in the same texts are the same. Empty when it has nothing to look for. */
export function foldPhrase(phrase: string): string {
  const folded = fold(phrase, foldExact).text.trim();
  return /[\p{L}\p{N}\p{S}\p{P}]/u.test(folded) ? folded : "";
}

/** What is kept of a word, made ready for comparing. */
export const toHiddenWord = (phraseKey: string): HiddenWord => ({ exact: phraseKey, plain: fold(phraseKey, foldPlain).text });

const SPACED = /[\p{L}\p{M}\p{N}]/u;
const UNSPACED = /[\p{Script_Extensions=Han}\p{Script_Extensions=Hiragana}\p{Script_Extensions=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tai_Le}\p{Script=New_Tai_Lue}]/u;
const CLINGS = /^(?:[\p{M}\u200D]|\p{Emoji_Modifier})/u;
const REGIONAL = /^\p{Regional_Indicator}/u;

/** Whether a word may begin or end at `at`: not within what people see as one character, nor within a word. */
function isEdge({ text, gaps }: Folded, at: number): boolean {
  if (at === 0 || at === text.length) return true;
  const before = charBefore(text, at);
  const after = String.fromCodePoint(text.codePointAt(at)!);
  if (CLINGS.test(after) || before === "\u200D" || splitsFlag(text, at)) return false;
  if (gaps.has(at)) return true;
  const isWord = (char: string) => SPACED.test(char) && !UNSPACED.test(char);
  return !(isWord(before) && isWord(after));
}

function charBefore(text: string, at: number): string {
  const low = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff && at > 1 ? text.slice(at - 2, at) : text[at - 1]!;
}

/** Two regional letters are one flag. */
function splitsFlag(text: string, at: number): boolean {
  if (!REGIONAL.test(text.slice(at, at + 2))) return false;
  let letters = 0;
  for (let i = at; i >= 2 && REGIONAL.test(text.slice(i - 2, i)); i -= 2) letters++;
  return letters % 2 === 1;
}

function has(folded: Folded, word: string): boolean {
  if (word === "") return false;
  for (let at = folded.text.indexOf(word); at !== -1; at = folded.text.indexOf(word, at + 1)) {
    if (isEdge(folded, at) && isEdge(folded, at + word.length)) return true;
  }
  return false;
}

/** A text folded once, however many words are looked for. */
function foldBoth(text: string): BothFolds {
  return { exact: fold(text, foldExact), plain: fold(text, foldPlain) };
}

/**
 * Whether the text has one of the words. A word without accents is also found with accents put on; one with accents only
 * with these, so that "schön" does not hide "schon".
 */
export function hasHiddenWord(text: string, words: readonly HiddenWord[]): boolean {
  if (words.length === 0 || text === "") return false;
  const { exact, plain } = foldBoth(text);
  return words.some((word) => has(exact, word.exact) || (word.plain === word.exact && has(plain, word.plain)));
}
