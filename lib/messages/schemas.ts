import { z } from "zod";
import { readEmoji } from "@/lib/interactions/emoji";
import { idSchema, isId } from "@/lib/platform/ids";
import { pageSchema } from "@/lib/platform/pagination/pagination";

/** Characters of a message, people of a group, files of a message. */
export const MAX_MESSAGE_LENGTH = 4_000;
export const MAX_MEMBERS = 250;
export const MAX_MESSAGE_MEDIA = 10;
/** How long its sender may change a message, minutes. */
export const EDIT_MINUTES = 15;
/** Conversations that one may pin. */
export const MAX_PINNED = 20;
const MAX_ASKED = 100;
const MAX_NAME = 60;

const textSchema = z
  .string("must be text")
  .transform((text) => text.replace(/\r\n?/g, "\n").replaceAll("\u0000", "").trim())
  .refine((text) => [...text].length <= MAX_MESSAGE_LENGTH, "A message can have at most 4,000 characters.")
  .transform((text) => (/[^\s\p{Cf}]/u.test(text) ? text : null));

const nameSchema = z.string().max(MAX_NAME * 4).transform((text) => text.replace(/\s+/gu, " ").replace(/[\p{Cc}]/gu, "").trim())
  .refine((text) => [...text].length <= MAX_NAME, `A name can have at most ${MAX_NAME} characters.`).transform((text) => (text === "" ? null : text));

const userIds = (most: number) => z.array(idSchema).min(1, "Choose at least one person.").max(most, `must be at most ${most} people`).transform((ids) => [...new Set(ids)]);
const clientId = z.string("is missing").min(1, "is missing").max(64, "must have at most 64 characters").regex(/^[\x21-\x7e]+$/, "must be visible ASCII characters");
const sharedSchema = z.object({ kind: z.enum(["post", "profile"], "must be post or profile"), id: idSchema });

export const listThreadsSchema = pageSchema.extend({ folder: z.enum(["inbox", "requests"], "must be inbox or requests").default("inbox") });
export const openThreadSchema = z.object({ user_ids: userIds(MAX_MEMBERS - 1), name: nameSchema.nullish() });
export const peopleSchema = z.object({ q: z.string().max(100).default("") });
export const searchMessagesSchema = pageSchema.extend({ q: z.string().min(1, "Type what to look for.").max(200), thread_id: idSchema.optional() });
export const patchThreadSchema = z.object({
  name: nameSchema.nullable(), media_id: idSchema.nullable(), is_muted: z.boolean(), is_pinned: z.boolean(), vanishing: z.enum(["off", "seen", "day"], "must be off, seen or day"),
}).partial();
export const listMembersSchema = pageSchema.extend({ q: z.string().max(100).default("") });
export const addMembersSchema = z.object({ user_ids: userIds(MAX_MEMBERS - 1) });
export const roleSchema = z.object({ role: z.enum(["admin", "member"], "must be admin or member") });
export const memberParam = z.object({ id: idSchema, user_id: idSchema });
export const messageParam = z.object({ id: idSchema, message_id: idSchema });
export const messageReactionParam = messageParam.extend({
  emoji: z.string().max(400).transform((text, context) => {
    const emoji = readEmoji(decoded(text));
    if (emoji === null) context.addIssue({ code: "custom", message: "must be a single emoji" });
    return emoji ?? "";
  }),
});
export const tokenParam = z.object({ token: z.string().regex(/^[0-9a-f]{32}$/, "is not an invitation") });

/** At most one of `before`, `after`, `around`, `ids`. */
export const listMessagesSchema = z.object({
  before: idSchema.optional(), after: idSchema.optional(), around: idSchema.optional(),
  limit: z.coerce.number().int().min(1, "must be 1 to 100").max(100, "must be 1 to 100").default(30),
  ids: z.string().max(2_100).optional().transform((value, context) => {
    if (value === undefined) return undefined;
    const ids = [...new Set(value.split(","))];
    if (ids.length > MAX_ASKED || !ids.every(isId)) context.addIssue({ code: "custom", message: `must be up to ${MAX_ASKED} ids of messages, separated by commas` });
    return ids;
  }),
}).refine(({ before, after, around, ids }) => [before, after, around, ids].filter((given) => given !== undefined).length <= 1, { path: ["before"], message: "Give only one of before, after, around and ids." });

export const sendMessageSchema = z.object({
  client_id: clientId, text: textSchema.nullish(),
  media_ids: z.array(idSchema).max(MAX_MESSAGE_MEDIA, `A message can have at most ${MAX_MESSAGE_MEDIA} photos and videos.`).refine((ids) => new Set(ids).size === ids.length, "The same file is there twice.").nullish(),
  voice_media_id: idSchema.nullish(), shared: sharedSchema.nullish(), reply_to: idSchema.nullish(),
}).refine((input) => input.text || input.media_ids?.length || input.voice_media_id || input.shared, { path: ["text"], message: "Write something first." });
export type NewMessage = z.output<typeof sendMessageSchema>;

export const editMessageSchema = z.object({ text: textSchema.refine((text) => text !== null, "Write something first.").transform((text) => text ?? "") });
export const readSchema = z.object({ up_to: idSchema });
export const shareSchema = z.object({
  client_id: clientId, shared: sharedSchema, text: textSchema.nullish(), user_ids: z.array(idSchema).max(50).default([]), thread_ids: z.array(idSchema).max(50).default([]),
}).refine(({ user_ids, thread_ids }) => user_ids.length + thread_ids.length > 0, { path: ["user_ids"], message: "Choose at least one person or conversation." });
export type Share = z.output<typeof shareSchema>;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
