import { z } from "zod";
import { USERNAME_MAX, USERNAME_MIN } from "./limits";
import { isReserved } from "./reserved-names";

/** What uniqueness and look-ups use. */
export const usernameKey = (username: string): string => username.toLowerCase();

const FILE_ENDING = /\.(txt|xml|ico|js|mjs|json|png|jpe?g|gif|webp|avif|svg|css|html?|php|webmanifest|map|rss|atom)$/i;

/** Why a username cannot be had, in words for the field; null when nothing is wrong with it. */
export function usernameProblem(username: string): string | null {
  const foreign = username.match(/[^\u0000-\u007f]/u)?.[0];
  if (foreign) return `Use the letters a to z, numbers, dots and underscores. “${foreign}” is not one of them${looksLatin(foreign) ? ", although it looks like one" : ""}.`;
  if (!/^[a-z0-9._]*$/i.test(username)) return "Use only the letters a to z, numbers, dots and underscores.";
  if (username.length < USERNAME_MIN || username.length > USERNAME_MAX) return `Use ${USERNAME_MIN} to ${USERNAME_MAX} characters.`;
  if (!/[a-z]/i.test(username)) return "Use at least one letter.";
  if (username.startsWith(".") || username.endsWith(".")) return "A username cannot begin or end with a dot.";
  if (username.includes("..")) return "Two dots cannot stand side by side.";
  if (FILE_ENDING.test(username)) return "A username cannot end like the name of a file.";
  if (isReserved(username)) return "This name is reserved. Choose another one.";
  return null;
}

// Cyrillic, Greek and full-width letters, and Latin ones with marks.
const looksLatin = (character: string) => /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\uff01-\uff5e]/u.test(character) || /^[a-z]/i.test(character.normalize("NFD"));

/** A username in input; a leading @ is forgiven. */
export const usernameSchema = z
  .string("Choose a username.")
  .max(200, `Use ${USERNAME_MIN} to ${USERNAME_MAX} characters.`)
  .transform((text) => text.trim().replace(/^@/, ""))
  .superRefine((username, context) => {
    const message = usernameProblem(username);
    if (message) context.addIssue({ code: "custom", message });
  });
