import { z } from "zod";
import { WHO_MAY } from "@/db/schema/accounts";
import { foldPhrase } from "./words";

/** Characters a hidden word or phrase may have, and how many of them a person may keep. */
export const MAX_PHRASE = 100;
export const MAX_WORDS = 200;

const whoMay = z.enum(WHO_MAY, `must be one of ${WHO_MAY.join(", ")}`);
const days = z.number("must be a number of days").int("must be whole days").min(1, "must be 1 to 365").max(365, "must be 1 to 365");

/** Body of PATCH /api/me/privacy: what is left out stays. */
export const privacyPatchSchema = z
  .object({
    comments_from: whoMay, mentions_from: whoMay, tags_from: whoMay, messages_from: whoMay, old_follower_days: days, approves_tags: z.boolean(),
    sensitive: z.enum(["cover", "show", "hide"], "must be cover, show or hide"),
    hides_like_counts: z.boolean(), is_indexed: z.boolean(), shows_activity: z.boolean(), shows_seen: z.boolean(), allows_reposts: z.boolean(),
  })
  .partial();
export type PrivacyPatch = z.infer<typeof privacyPatchSchema>;

/** A box that a form sends only when it is ticked. */
const box = z.literal("on").optional().transform((ticked) => ticked === "on");

/** The same from the settings page, a form for each of its parts. */
export const whoMayFormSchema = z.object({
  comments_from: whoMay, mentions_from: whoMay, tags_from: whoMay,
  old_follower_days: z.coerce.number<string>("must be a number of days").pipe(days), approves_tags: box, allows_reposts: box,
});
export const shownFormSchema = z.object({ sensitive: privacyPatchSchema.shape.sensitive.unwrap(), hides_like_counts: box });
export const messagesFormSchema = z.object({ messages_from: whoMay, shows_seen: box });
export const presenceFormSchema = z.object({ is_indexed: box, shows_activity: box });

const phrase = z
  .string("Write a word or phrase.")
  .max(MAX_PHRASE * 4, `A phrase can have at most ${MAX_PHRASE} characters.`)
  .transform((text) => text.normalize("NFC").replace(/\s+/gu, " ").trim())
  .refine((text) => [...text].length <= MAX_PHRASE, `A phrase can have at most ${MAX_PHRASE} characters.`)
  .refine((text) => foldPhrase(text) !== "", "Write a word or phrase.");

const LASTING = { always: null, day: 1, week: 7, month: 30 } as const;
const lasts = z.enum(["always", "day", "week", "month"], "must be always, day, week or month").default("always");

/** `POST /api/me/hidden-words`; the same phrase again takes its new scope and time. */
export const hiddenWordSchema = z.object({
  phrase,
  scopes: z.array(z.enum(["comments", "messages", "posts"], "must be comments, messages or posts")).min(1, "Choose at least one place.").default(["comments", "messages"]),
  lasts,
});
export type NewHiddenWord = z.infer<typeof hiddenWordSchema>;

/** Days for which a hidden word counts; null is for good. */
export const daysOf = (lasts: NewHiddenWord["lasts"]): number | null => LASTING[lasts];

export const hiddenWordFormSchema = z
  .object({ phrase, in_comments: box, in_messages: box, in_posts: box, lasts })
  .refine((input) => input.in_comments || input.in_messages || input.in_posts, { path: ["in_comments"], message: "Choose at least one place." });
