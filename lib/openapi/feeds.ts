import { z } from "zod";
import { SOURCES, TERMS } from "@/lib/feed/rankers/types";
import { newerSchema, preferencesPatchSchema, rankedPageSchema, seenSchema } from "@/lib/feed/schemas";
import type { PreferencesView, ReasonView } from "@/lib/feed/types";
import { postParam } from "@/lib/platform/http/params";
import type { Endpoint } from "@/lib/platform/openapi/endpoint";
import { offsetPageSchema, pageSchema } from "@/lib/platform/pagination/pagination";
import { userParam } from "@/lib/profiles/schemas";
import { listOf, pagination, post, sameAs } from "./shapes";

const posts = listOf("posts", post);
const whole = z.number().int();
const slider = z.number().min(0).max(1);

const reason = sameAs<ReasonView>()(
  z.strictObject({
    source: z.enum(SOURCES), text: z.string().describe("The source in words"),
    terms: z.array(z.strictObject({ name: z.enum(TERMS), value: z.number(), text: z.string() })).describe("What the score is the sum of, but for rounding"),
  }),
  true,
);
const preferences = sameAs<PreferencesView>()(
  z.strictObject({ order: z.enum(["following", "for_you"]), discovery: slider.describe("0 friends, 1 discovery"), best: slider.describe("0 fresh, 1 best"), video: slider.describe("0 photos, 1 videos") }),
  true,
);
const ranked = z.strictObject({ posts: z.array(post), scores: z.array(z.number()).describe("One for each post"), reasons: z.array(reason).describe("One for each post"), pagination });
const snoozed = z.strictObject({ snoozed: z.boolean(), until: z.iso.datetime({ precision: 3 }).nullable() });

const feeds = { group: "Feed, search and notifications" };
const wishes = { group: "Wishes for one's feed", auth: "required" as const };
const aboutPost = (path: string, name: "not_interested" | "fewer", say: string, takeBack: string): Endpoint[] => {
  const answers = { 200: z.strictObject({ [name]: z.boolean() } as Record<typeof name, z.ZodBoolean>) };
  return [
    { ...wishes, method: "POST", path, summary: say, details: "Of posts by others.", params: postParam, answers, errors: [422] },
    { ...wishes, method: "DELETE", path, summary: takeBack, params: postParam, answers },
  ];
};

export const feedEndpoints: Endpoint[] = [
  { ...feeds, method: "GET", path: "/api/feed", summary: "Posts of those one follows and one's own, newest first", auth: "required", query: offsetPageSchema, answers: { 200: posts } },
  { ...feeds, method: "GET", path: "/api/feed/favourites", summary: "Of these the posts of one's favourites", auth: "required", query: pageSchema, answers: { 200: posts } },
  { ...feeds, method: "GET", path: "/api/feed/algorithmic", summary: "“For you”: posts of those one follows and suggested ones, best first", details: "Without a cursor it is ranked anew; the pages of one visit come from one ranking, kept for some hours.", auth: "required", query: rankedPageSchema, answers: { 200: ranked } },
  { ...feeds, method: "GET", path: "/api/feed/new", summary: "How many posts came since", auth: "required", query: newerSchema, answers: { 200: z.strictObject({ count: whole }) } },
  { ...feeds, method: "POST", path: "/api/feed/seen", summary: "Tell which posts were before one's eyes", details: "They sink in “For you”, and each person's first look at another's post is a view. What one may not see is passed over; saying it again changes nothing.", auth: "required", body: seenSchema, answers: { 204: null } },
  { ...feeds, method: "GET", path: "/api/explore", summary: "Recent and well-liked posts of people one does not follow", auth: "optional", query: pageSchema, answers: { 200: posts } },
  { ...wishes, method: "GET", path: "/api/feed/preferences", summary: "How one wants one's feed", answers: { 200: preferences } },
  { ...wishes, method: "PATCH", path: "/api/feed/preferences", summary: "Change that", details: "What is left out stays.", body: preferencesPatchSchema, answers: { 200: preferences } },
  ...aboutPost("/api/posts/{id}/not-interested", "not_interested", "Have a post leave one's feeds", "Let it in again"),
  ...aboutPost("/api/posts/{id}/fewer", "fewer", "Ask for fewer posts like this one", "Take that back"),
  { ...wishes, method: "POST", path: "/api/users/{id}/snooze", summary: "Keep somebody's posts out of one's feeds for 30 days", params: userParam, answers: { 200: snoozed }, errors: [422] },
  { ...wishes, method: "DELETE", path: "/api/users/{id}/snooze", summary: "Let them in again", params: userParam, answers: { 200: snoozed }, errors: [422] },
];
