/** Kinds of emoji on a post, and those of one person. */
export const MAX_KINDS = 50;
export const MAX_OWN_KINDS = 5;

/** The emoji that the picker offers first. */
export const QUICK_EMOJI = ["😍", "😂", "😮", "😢", "👏", "🔥", "🎉", "🙏"] as const;

// What Unicode recommends for interchange: one whole emoji, with skin tone, sequence or flag, and nothing beside it.
const ONE_EMOJI = new RegExp(String.raw`^\p{RGI_Emoji}$`, "v");
/** The longest is a family or a flag of a part of a country. */
const LONGEST = 64;

/** A single emoji in its full form ("❤" becomes "❤️"), or null when the text is anything else. */
export function readEmoji(text: string): string | null {
  if (text.length > LONGEST) return null;
  return [text, `${text}\uFE0F`].find((form) => ONE_EMOJI.test(form)) ?? null;
}
