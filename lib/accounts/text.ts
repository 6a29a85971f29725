import { z } from "zod";

// Control characters, and the marks that turn the direction of text around: they let one name look like another.
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** One line of people's text: composed, without invisible characters, single spaces. */
export const cleanLine = (text: string): string => text.normalize("NFC").replace(/\s+/g, " ").replace(UNSEEN, "").trim();

/** Several lines of it: no invisible characters, at most one empty line in a row. */
export const cleanLines = (text: string): string =>
  text.normalize("NFC").replace(/\r\n?/g, "\n").replace(UNSEEN, "").replace(/[^\S\n]+/g, " ").replace(/ ?\n ?/g, "\n").replace(/\n{3,}/g, "\n\n").trim();

/** What a person would call the length: characters, not the units they are stored in. */
export const lengthOf = (text: string): number => [...text].length;

const text = (clean: (text: string) => string, max: number, long: string) =>
  z.string("Write some text.").max(max * 20, long).transform(clean).refine((value) => lengthOf(value) <= max, long);

/** Input of one line, at most `max` characters. */
export const lineSchema = (max: number) => text(cleanLine, max, `At most ${max} characters.`);

/** Input of several lines, at most `max` characters. */
export const linesSchema = (max: number) => text(cleanLines, max, `At most ${max} characters.`);
