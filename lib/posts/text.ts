/**
 * Hashtags, mentions and links in captions and comments. Pure and safe for the browser: the page renders the same
 * segments that the server indexes.
 *
 * Hashtags follow UAX #31-R8 (hashtag identifiers) with the narrowing of social networks: at least one letter or emoji,
 * no hyphen. Mentions are our usernames; both may stand beside any punctuation and script, but not inside a word, an
 * e-mail address or a link.
 */
export type Segment =
  | { type: "text"; text: string }
  | { type: "hashtag"; text: string; tag: string }
  | { type: "mention"; text: string; username: string }
  | { type: "link"; text: string; href: string };

/** What a text names, each once and in order, and the text cut into pieces whose concatenation is the text. */
export type ExtractedText = { hashtags: string[]; mentions: string[]; links: string[]; segments: Segment[] };

/** Distinct hashtags and mentions that count; further ones stay plain text, which takes the gain out of tag spam. */
export const MAX_HASHTAGS = 30;
export const MAX_MENTIONS = 30;
export const MAX_TAG_LENGTH = 100;

const EMOJI = String.raw`(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|\p{Emoji_Modifier})`;
const TAG_CHAR = String.raw`(?:[\p{L}\p{M}\p{N}_\u200C\u200D\uFE0F\u30FB\u00B7]|${EMOJI})`;
const LINK = String.raw`(?<link>[Hh][Tt][Tt][Pp][Ss]?:\/\/[^\s<>"\u0000-\u001F]+|[Ww]{3}\.[^\s<>"\u0000-\u001F]+\.[^\s<>"\u0000-\u001F]+)`;
const HASHTAG = String.raw`[#＃﹟](?<tag>${TAG_CHAR}+)`;
const MENTION = String.raw`[@＠](?<name>[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*)(?![@＠\p{M}A-Za-z0-9_]|\p{Script=Latin}|:\/\/)`;
// Not case-insensitive: with the u flag, [a-z] would then match the Kelvin sign and the long s.
const TOKEN = new RegExp(`${LINK}|${HASHTAG}|${MENTION}`, "gu");

/** A tag of digits alone ("#1") is a number; joiners and separators alone are nothing. */
const HAS_SUBSTANCE = new RegExp(String.raw`\p{L}|\p{Nl}|${EMOJI}`, "u");
// What an emoji ends with is a mark, too, but no part of a word.
const INSIDE_WORD_BEFORE_TAG = /(?![\uFE0F\u20E3])[\p{L}\p{M}\p{N}_&/@]$/u;
const INSIDE_WORD_BEFORE_MENTION = /(?:[A-Za-z0-9_!$%&*@＠.+~/=-]|\p{Script=Latin}[\u0300-\u036F]{0,3})$/u;
const INSIDE_WORD_BEFORE_LINK = /[\p{L}\p{N}_@/.]$/u;
const MAX_USERNAME = 30;

// What makes "❤" an emoji stays; after anything else nobody sees it.
const IDLE_SELECTOR = /(?<!\p{Extended_Pictographic})\uFE0F|(?<=\p{Emoji_Presentation})\uFE0F/gu;

/** The form in which a hashtag is stored and compared: NFKC, lower case, without what nobody sees. Idempotent. */
export function foldTag(tag: string): string {
  return tag.normalize("NFKC").toLowerCase().replace(/[\u200C\uFE0E\u00AD]/g, "").replace(IDLE_SELECTOR, "").normalize("NFKC");
}

/** The folded name of a hashtag given with or without its sign, or null when it is none. */
export function parseTag(text: string): string | null {
  const { hashtags, segments } = extractText(/^[#＃﹟]/u.test(text) ? text : `#${text}`);
  return segments.length === 1 && hashtags.length === 1 ? hashtags[0]! : null;
}

/** Finds what a text names. Linear in its length. */
export function extractText(text: string): ExtractedText {
  const found = new Collector(text);
  if (!/[#＃﹟@＠]|:\/\/|www\./iu.test(text)) return found.finish();
  for (const match of text.matchAll(TOKEN)) {
    const { link, tag, name } = match.groups as { link?: string; tag?: string; name?: string };
    if (match.index < found.end) continue;
    if (link !== undefined) found.link(match.index, link);
    else if (tag !== undefined) found.hashtag(match.index, match[0], tag);
    else if (name !== undefined) found.mention(match.index, match[0], name);
  }
  return found.finish();
}

class Collector {
  private readonly segments: Segment[] = [];
  private readonly hashtags = new Set<string>();
  private readonly mentions = new Set<string>();
  private readonly links = new Set<string>();
  end = 0;

  constructor(private readonly text: string) {}

  link(at: number, raw: string) {
    const shown = trimLink(raw);
    const href = safeHref(shown);
    if (this.isInside(INSIDE_WORD_BEFORE_LINK, at) || href === null) return;
    this.links.add(href);
    this.add(at, { type: "link", text: shown, href });
  }

  hashtag(at: number, raw: string, body: string) {
    // "#one#two" are two tags: the sign may follow a tag directly.
    const follows = this.end === at && this.segments.at(-1)?.type === "hashtag";
    if (!follows && this.isInside(INSIDE_WORD_BEFORE_TAG, at)) return;
    const visible = body.replace(/[\u200C\u200D\u30FB\u00B7]+$/u, "");
    const tag = foldTag(visible);
    if (!HAS_SUBSTANCE.test(visible) || tag.length === 0 || [...tag].length > MAX_TAG_LENGTH) return;
    if (this.hashtags.size >= MAX_HASHTAGS && !this.hashtags.has(tag)) return;
    this.hashtags.add(tag);
    this.add(at, { type: "hashtag", text: raw.slice(0, raw.length - (body.length - visible.length)), tag });
  }

  mention(at: number, raw: string, name: string) {
    const username = name.toLowerCase();
    if (name.length > MAX_USERNAME || this.isInside(INSIDE_WORD_BEFORE_MENTION, at)) return;
    if (this.mentions.size >= MAX_MENTIONS && !this.mentions.has(username)) return;
    this.mentions.add(username);
    this.add(at, { type: "mention", text: raw, username });
  }

  finish(): ExtractedText {
    if (this.end < this.text.length) this.segments.push({ type: "text", text: this.text.slice(this.end) });
    return { hashtags: [...this.hashtags], mentions: [...this.mentions], links: [...this.links], segments: this.segments };
  }

  private add(at: number, segment: Segment) {
    if (at > this.end) this.segments.push({ type: "text", text: this.text.slice(this.end, at) });
    this.segments.push(segment);
    this.end = at + segment.text.length;
  }

  private isInside(before: RegExp, at: number): boolean {
    // So many UTF-16 units hold any one character with its accents.
    return before.test(this.text.slice(Math.max(0, at - 5), at));
  }
}

/** Punctuation that closes the sentence is not part of the address; a closing bracket is when it was opened inside. */
function trimLink(raw: string): string {
  let link = raw;
  for (;;) {
    const last = link.at(-1)!;
    const opening = { ")": "(", "]": "[", "}": "{" }[last];
    const isUnopened = opening !== undefined && link.split(opening).length < link.split(last).length;
    if (!isUnopened && !/[.,;:!?'"»”’…*_~。、！？」）]/u.test(last)) return link;
    link = link.slice(0, -1);
    if (link === "") return link;
  }
}

/** Only http and https with a host ever become links. */
function safeHref(shown: string): string | null {
  try {
    const url = new URL(/^www\./i.test(shown) ? `https://${shown}` : shown);
    const isWeb = url.protocol === "https:" || url.protocol === "http:";
    return isWeb && /\.|^localhost$|^\[/.test(url.hostname) && url.username === "" ? url.href : null;
  } catch {
    return null;
  }
}
