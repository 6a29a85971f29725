import { z } from "zod";
import { WHO_MAY } from "@/db/schema/accounts";
import { idParam } from "@/lib/platform/http/params";
import type { Endpoint } from "@/lib/platform/openapi/endpoint";
import { hiddenWordSchema, privacyPatchSchema } from "@/lib/privacy/schemas";
import type { HiddenWordView, PrivacyView } from "@/lib/privacy/types";
import { id, sameAs } from "./shapes";

const who = z.enum(WHO_MAY).describe("`followed`: people one follows; `old_followers`: people who have followed one for `old_follower_days`");
const privacy = sameAs<PrivacyView>()(
  z.strictObject({
    comments_from: who, mentions_from: who, tags_from: who, messages_from: who, old_follower_days: z.number().int(), approves_tags: z.boolean(),
    sensitive: z.enum(["cover", "show", "hide"]).describe("What is done with posts marked as sensitive"), hides_like_counts: z.boolean(), is_indexed: z.boolean().describe("Search engines and previews may show what is public"),
    shows_activity: z.boolean().describe("People one follows see when one was there last; without it one does not see it of others"), shows_seen: z.boolean().describe("Others learn how far one has read their messages; without it one does not learn it of others"), allows_reposts: z.boolean(),
  }).meta({ id: "Privacy" }),
  true,
);
const time = z.iso.datetime({ precision: 3 });
const hiddenWord = sameAs<HiddenWordView>()(
  z.strictObject({ id, phrase: z.string(), scopes: z.array(z.enum(["comments", "messages", "posts"])), until: time.nullable().describe("null: for good"), created_at: time }).meta({ id: "HiddenWord" }),
  true,
);
const mine = { group: "Account", auth: "required" as const };

/** What one lets others do, and what one wants to be shown. */
export const privacyEndpoints: Endpoint[] = [
  { ...mine, method: "GET", path: "/api/me/privacy", summary: "Who may comment, mention, tag and write to oneself, and what one is shown", answers: { 200: privacy } },
  { ...mine, method: "PATCH", path: "/api/me/privacy", summary: "Change that", details: "What is left out stays.", body: privacyPatchSchema, answers: { 200: privacy } },
  { ...mine, method: "GET", path: "/api/me/hidden-words", summary: "Words one does not want to read", answers: { 200: z.strictObject({ hidden_words: z.array(hiddenWord) }) } },
  { ...mine, method: "POST", path: "/api/me/hidden-words", summary: "Hide a word or phrase", details: "Whole words, whatever the letter case. The same phrase again takes the new scopes and time. 200 words at most.", body: hiddenWordSchema, answers: { 201: hiddenWord }, errors: [409] },
  { ...mine, method: "DELETE", path: "/api/me/hidden-words/{id}", summary: "Hide it no longer", params: idParam, answers: { 204: null } },
];
