import { z } from "zod";
import { VIDEO_CODECS } from "@/lib/media/limits";
import { choicesPatchSchema, markReadSchema, notificationsPageSchema } from "@/lib/notifications/schemas";
import type { ChoicesView } from "@/lib/notifications/types";
import { postParam } from "@/lib/platform/http/params";
import type { Endpoint } from "@/lib/platform/openapi/endpoint";
import { streamSchema } from "@/lib/realtime/schemas";
import { searchSchema } from "@/lib/search/schemas";
import { notification, pagination, place, sameAs, tag, user } from "./shapes";

const found = z.strictObject({ users: z.array(user).optional(), tags: z.array(tag).optional(), places: z.array(place).optional(), pagination });
const unread = z.number().int().min(0);
const whole = z.number().int();
const rate = z.strictObject({ max: whole, per_seconds: whole });
const range = z.strictObject({ min: whole, max: whole });
const file = { types: z.array(z.string()), max_bytes: whole, max_pixels: whole };
const jxl = z.strictObject({ max_pixels: whole, max_pixels_lossless: whole, max_pixels_transparent: whole }).describe("JPEG XL takes more memory to decode where nothing was lost or something is see-through");

const limits = z.strictObject({
  photo: z.strictObject({ ...file, max_side: whole, jxl }),
  video: z.strictObject({ ...file, max_side: whole, min_seconds: z.number(), max_seconds: whole, available: z.boolean(), codecs: z.array(z.enum(VIDEO_CODECS)), captions: z.strictObject({ max_bytes: whole, max_languages: whole }) }),
  avatar: z.strictObject({ ...file, jxl }),
  upload: z.strictObject({ expires_in: whole, part_bytes: whole.describe("Larger files may be sent in parts of so many bytes"), max_waiting: whole.describe("Files in no post, in a day"), max_waiting_bytes: whole }),
  post: z.strictObject({
    min_items: whole, max_items: whole, caption: whole, alt: whole, location: whole, hashtags: whole.describe("Further ones are plain text"), mentions: whole.describe("Further ones are plain text"),
    tagged_people: whole.describe("On one photo"), collaborators: whole, pinned: whole.describe("On a profile"), drafts: whole, scheduled: whole.describe("Waiting at once"), scheduled_days_ahead: whole,
  }),
  comment: z.strictObject({ content: whole, pinned: whole.describe("On one post"), edit_seconds: whole, restore_seconds: whole }),
  message: z.strictObject({
    text: whole, media: whole, edit_seconds: whole, pinned: whole.describe("Conversations of one person"), people: whole.describe("In a group"), voice: z.strictObject({ types: z.array(z.string()), max_bytes: whole, max_seconds: whole }),
  }),
  hidden_words: z.strictObject({ phrase: whole, max_items: whole }),
  reactions: z.strictObject({ kinds: whole.describe("On a post"), own_kinds: whole.describe("Of one person on a post") }),
  repost: z.strictObject({ note: whole }),
  collections: z.strictObject({ name: whole, count: whole, posts: whole.describe("In one"), members: whole.describe("Of one, besides its owner") }),
  report: z.strictObject({ note: whole }),
  account: z.strictObject({ username: range, password: range, full_name: whole, bio: whole }),
  circles: z.strictObject({ max: whole, people: whole.describe("In one circle"), name: whole }),
  favourites: whole,
  stream: z.strictObject({ per_person: whole.describe("Open at once"), in_all: whole.describe("Open at once in one process of the server"), topics: whole, resume_seconds: whole }),
  list: z.strictObject({ limit: whole, default: whole }),
  rates: z.strictObject({ api: rate, api_signed_in: rate, login: rate, signup: rate, posts: rate, follows: rate, comments: rate, reposts: rate, reports: rate, messages: rate, message_changes: rate.describe("Changes of messages and conversations, and reactions"), message_reads: rate, typing: rate, strangers: rate.describe("People who do not know one, first messages to, and brought into groups"), stranger_links: rate.describe("Messages with links to them"), same_text: rate.describe("The same words to them"), mails: rate, codes: rate, seen: rate, push_tests: rate, widths: rate }),
});

const events = z.string().describe("Data, as JSON: open `{topics}`, reload `{after_ms}`, notification `{unread_count}`, feed `{newest_id}`, post `{post_id, like_count, comment_count, reactions?, as_of}`, comment `{post_id, comment_id, parent_id, gone}`, message `{thread_id, message_id, what, unread_count, request_count}` where `what` is sent, changed, thread or seen, typing `{thread_id, user_id, username}`, signed_out `{}`");

const choice = z.strictObject({ in_app: z.boolean(), push: z.boolean(), mail: z.boolean(), from: z.enum(["everyone", "followed"]).describe("Whose doings are told; `followed` only of likes, comments and mentions") });
const choices = sameAs<ChoicesView>()(
  z.strictObject({
    topics: z.strictObject({ likes: choice, comments: choice, mentions: choice, follows: choice, reposts: choice, milestones: choice, messages: choice, security: choice }),
    quiet_hours: z.strictObject({ from: z.string(), to: z.string(), time_zone: z.string() }).nullable().describe("Between these times nothing is pushed; over midnight when `to` is the earlier one"),
  }).meta({ id: "NotificationChoices" }),
  true,
);
const told = z.strictObject({ notifications: z.boolean() });

const feeds = { group: "Feed, search and notifications" };
const server = { group: "Server" };

/** Search, notifications, and what a client wants to know of the server. */
export const readingEndpoints: Endpoint[] = [
  { ...feeds, method: "GET", path: "/api/search", summary: "Find people, tags and places", details: "Without `type` the best of each kind.", auth: "optional", query: searchSchema, answers: { 200: found } },
  { ...feeds, method: "GET", path: "/api/notifications", summary: "What one is told", details: "All of it, or what stands under one tab of the page; some kinds stand under `all` only.", auth: "required", query: notificationsPageSchema, answers: { 200: z.strictObject({ notifications: z.array(notification), unread_count: unread, pagination }) } },
  { ...feeds, method: "POST", path: "/api/notifications/read", summary: "Mark as read", details: "Up to and with `up_to`, else all.", auth: "required", body: markReadSchema, answers: { 200: z.strictObject({ unread_count: unread }) } },
  { ...feeds, method: "GET", path: "/api/me/notifications", summary: "How one wants to be told", auth: "required", answers: { 200: choices } },
  { ...feeds, method: "PATCH", path: "/api/me/notifications", summary: "Change that", details: "What is left out stays. Notices of security always come in the app and by mail.", auth: "required", body: choicesPatchSchema, answers: { 200: choices } },
  { ...feeds, method: "GET", path: "/api/posts/{id}/notifications", summary: "Whether one is told of a post", auth: "required", params: postParam, answers: { 200: told } },
  { ...feeds, method: "PUT", path: "/api/posts/{id}/notifications", summary: "Be told of a post", auth: "required", params: postParam, answers: { 200: told } },
  { ...feeds, method: "DELETE", path: "/api/posts/{id}/notifications", summary: "Be told of it no longer", auth: "required", params: postParam, answers: { 200: told } },
  { ...server, method: "GET", path: "/api/limits", summary: "Every limit the server enforces", auth: "optional", answers: { 200: limits } },
  { ...server, method: "GET", path: "/api/openapi.json", summary: "This description", auth: "none", answers: { 200: z.looseObject({ openapi: z.string() }) } },
];

/** Answered by the front of the server, before any page or route. */
export const frontEndpoints: Endpoint[] = [
  {
    ...feeds, method: "GET", path: "/api/stream", summary: "What changes, as it changes (server-sent events)", auth: "required", query: streamSchema, answerType: "text/event-stream", answers: { 200: events },
    details: "`open` names the topics that are there for the caller. `notification`, `feed`, `message` (of one's conversations), `typing` (shown for five seconds, never told again), and of posts among the topics `post` and `comment` say that something changed; load it by its own address. `Last-Event-ID` resumes for five minutes; an event may come twice. `reload`: something may have been missed, load everything anew after so long. `signed_out`: the session is over, do not come again. Where an answer is passed on only when it is whole, ask with `once=true` again and again.",
  },
  { ...server, method: "GET", path: "/api/health", summary: "Whether the process lives", auth: "none", answers: { 200: z.strictObject({ status: z.literal("ok") }) } },
  { ...server, method: "GET", path: "/api/ready", summary: "Whether requests can be served", details: "503 with what is missing, in this shape, when not.", auth: "none", answers: { 200: z.strictObject({ status: z.enum(["ready", "unavailable"]), missing: z.array(z.string()), degraded: z.array(z.string()) }) } },
];
