import { z } from "zod";
import { markReadSchema } from "@/lib/notifications/schemas";
import type { Endpoint } from "@/lib/platform/openapi/endpoint";
import { pageSchema } from "@/lib/platform/pagination/pagination";
import { searchSchema } from "@/lib/search/schemas";
import { notification, pagination, place, tag, user } from "./shapes";

const found = z.strictObject({ users: z.array(user).optional(), tags: z.array(tag).optional(), places: z.array(place).optional(), pagination });
const unread = z.number().int().min(0);
const whole = z.number().int();
const rate = z.strictObject({ max: whole, per_seconds: whole });
const range = z.strictObject({ min: whole, max: whole });
const file = { types: z.array(z.string()), max_bytes: whole, max_pixels: whole };
const jxl = z.strictObject({ max_pixels: whole, max_pixels_lossless: whole, max_pixels_transparent: whole }).describe("JPEG XL takes more memory to decode where nothing was lost or something is see-through");

const limits = z.strictObject({
  photo: z.strictObject({ ...file, max_side: whole, jxl }),
  video: z.strictObject({ ...file, max_side: whole, max_seconds: whole, available: z.boolean(), captions: z.strictObject({ max_bytes: whole, max_languages: whole }) }),
  avatar: z.strictObject({ ...file, jxl }),
  upload: z.strictObject({ expires_in: whole, part_bytes: whole.describe("Larger files may be sent in parts of so many bytes"), max_waiting: whole.describe("Files in no post, in a day"), max_waiting_bytes: whole }),
  post: z.strictObject({ min_items: whole, max_items: whole, caption: whole, alt: whole, location: whole }),
  comment: z.strictObject({ content: whole }),
  account: z.strictObject({ username: range, password: range, full_name: whole, bio: whole }),
  list: z.strictObject({ limit: whole, default: whole }),
  rates: z.strictObject({ api: rate, api_signed_in: rate, login: rate, signup: rate, posts: rate, follows: rate, comments: rate }),
});

const feeds = { group: "Feed, search and notifications" };
const server = { group: "Server" };

/** Search, notifications, and what a client wants to know of the server. */
export const readingEndpoints: Endpoint[] = [
  { ...feeds, method: "GET", path: "/api/search", summary: "Find people, tags and places", details: "Without `type` the best of each kind.", auth: "optional", query: searchSchema, answers: { 200: found } },
  { ...feeds, method: "GET", path: "/api/notifications", summary: "What one is told", auth: "required", query: pageSchema, answers: { 200: z.strictObject({ notifications: z.array(notification), unread_count: unread, pagination }) } },
  { ...feeds, method: "POST", path: "/api/notifications/read", summary: "Mark as read", details: "Up to and with `up_to`, else all.", auth: "required", body: markReadSchema, answers: { 200: z.strictObject({ unread_count: unread }) } },
  { ...server, method: "GET", path: "/api/limits", summary: "Every limit the server enforces", auth: "optional", answers: { 200: limits } },
  { ...server, method: "GET", path: "/api/openapi.json", summary: "This description", auth: "none", answers: { 200: z.looseObject({ openapi: z.string() }) } },
];

/** Answered by the front of the server, before any page or route. */
export const frontEndpoints: Endpoint[] = [
  { ...server, method: "GET", path: "/api/health", summary: "Whether the process lives", auth: "none", answers: { 200: z.strictObject({ status: z.literal("ok") }) } },
  { ...server, method: "GET", path: "/api/ready", summary: "Whether requests can be served", details: "503 with what is missing, in this shape, when not.", auth: "none", answers: { 200: z.strictObject({ status: z.enum(["ready", "unavailable"]), missing: z.array(z.string()), degraded: z.array(z.string()) }) } },
];
