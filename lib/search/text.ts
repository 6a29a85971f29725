/** What somebody typed into a search box, ready for the statements of `queries.ts`. */
export type SearchTerm = {
  /** Folded; never empty. */
  text: string;
  /** Patterns for LIKE: begins with it; a later word begins with it; has it anywhere. */
  prefix: string;
  word: string;
  infix: string;
  /** Long enough for look-ups in the middle and for guesses at typing errors: a trigram index has nothing to go by below. */
  isLong: boolean;
};

const MAX_LENGTH = 100;

/** The term, without a leading @ or #; null when nothing is left. */
export function searchTerm(typed: string): SearchTerm | null {
  const text = typed.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim().replace(/^[@#]+/, "").slice(0, MAX_LENGTH).toWellFormed();
  if (text === "") return null;
  const escaped = text.replace(/[\\%_]/g, "\\$&");
  return { text, prefix: `${escaped}%`, word: `% ${escaped}%`, infix: `%${escaped}%`, isLong: [...text].length >= 3 };
}
