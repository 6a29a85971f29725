/** Languages in which the demo community writes. */
export type Language = "en" | "de" | "fr" | "pt" | "es" | "it" | "ja" | "ar" | "ko" | "sv" | "pl" | "tr" | "zh" | "hi" | "el" | "nl" | "fa";

/** English unless it says otherwise: a text, or a language and a text, and perhaps the only person who would say it. */
export type Phrase = string | readonly [Language, string, string?];

export const languageOf = (phrase: Phrase): Language => (typeof phrase === "string" ? "en" : phrase[0]);
export const textOf = (phrase: Phrase): string => (typeof phrase === "string" ? phrase : phrase[1]);
export const speakerOf = (phrase: Phrase): string | undefined => (typeof phrase === "string" ? undefined : phrase[2]);
