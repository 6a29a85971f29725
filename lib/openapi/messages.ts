import { z } from "zod";
import type { MemberView, MessageView, SeenView, ThreadView } from "@/lib/messages/types";
import {
  addMembersSchema, editMessageSchema, listMembersSchema, listMessagesSchema, listThreadsSchema, memberParam, messageParam, messageReactionParam, openThreadSchema, patchThreadSchema, peopleSchema, readSchema, roleSchema, searchMessagesSchema,
  sendMessageSchema, shareSchema, tokenParam,
} from "@/lib/messages/schemas";
import { reportThreadSchema } from "@/lib/moderation/schemas";
import { idParam } from "@/lib/platform/http/params";
import type { Endpoint } from "@/lib/platform/openapi/endpoint";
import { id, listOf, media, pagination, postSketch, sameAs, userSummary } from "./shapes";

const time = z.iso.datetime({ precision: 3 });
const count = z.number().int().min(0);
const vanishing = z.enum(["off", "seen", "day"]).describe("Messages go by themselves: never, when all others have seen them, after 24 hours");
const role = z.enum(["admin", "member"]);

const event = z.union([
  z.strictObject({ kind: z.enum(["created", "left", "joined", "picture"]) }), z.strictObject({ kind: z.enum(["added", "removed", "admin", "not_admin"]), user: userSummary }),
  z.strictObject({ kind: z.literal("named"), name: z.string().nullable() }), z.strictObject({ kind: z.literal("vanishing"), vanishing }),
]);
const shared = z.union([z.strictObject({ kind: z.literal("post"), post: postSketch.nullable() }), z.strictObject({ kind: z.literal("profile"), user: userSummary.nullable() })]).describe("Null inside when the reader may not see it, or it is gone");
const reaction = z.strictObject({ emoji: z.string(), count, mine: z.boolean(), names: z.array(z.string()) });

const message = sameAs<MessageView>()(z.strictObject({
  id, thread_id: id, client_id: z.string().nullable().describe("To its sender alone"), sender: userSummary.describe("`username` is empty for who is not there"), is_mine: z.boolean(), is_unsent: z.boolean(), event: event.nullable(),
  text: z.string().nullable(), mentions: z.array(z.string()), media: z.array(media),
  voice: z.strictObject({ url: z.string(), duration: z.number(), waveform: z.array(z.number()).describe("64 loudnesses, 0 to 100"), state: z.enum(["processing", "ready", "failed"]) }).nullable(),
  shared: shared.nullable(), reply_to: z.strictObject({ id, sender: userSummary, excerpt: z.string(), is_gone: z.boolean() }).nullable(), reactions: z.array(reaction),
  is_covered: z.boolean().describe("It has a word that the viewer hides"), is_edited: z.boolean(), editable_until: time.nullable(), vanishes_at: time.nullable(), created_at: time,
}).meta({ id: "Message" }), true);

const thread = sameAs<ThreadView>()(z.strictObject({
  id, kind: z.enum(["pair", "group"]), name: z.string().nullable().describe("As name, people and number were when the viewer left"), picture_url: z.string().nullable(), people: z.array(userSummary).describe("The others, eight at most"), member_count: count, folder: z.enum(["inbox", "requests"]),
  is_muted: z.boolean(), is_pinned: z.boolean(), vanishing, unread_count: count.describe("Counted to 100"), last_message: message.nullable(), read_id: id,
  viewer: z.strictObject({ role, cannot_write: z.string().nullable().describe("Why not, in words"), is_member: z.boolean() }),
  presence: z.strictObject({ is_active: z.boolean(), active_at: time.nullable() }).nullable(), request: z.strictObject({ from: userSummary, shared_followers: count }).nullable(), updated_at: time,
}).meta({ id: "Thread" }), true);

const member = sameAs<MemberView>()(z.strictObject({ user: userSummary, role, joined_at: time }), true);
const seen = sameAs<SeenView>()(z.strictObject({ user: userSummary, read_id: id, read_at: time }), true);
const invite = z.union([z.strictObject({ url: z.string(), token: z.string() }), z.strictObject({ url: z.null() })]);
const refused = z.strictObject({ user_id: id.optional(), thread_id: id.optional(), reason: z.string() });

const direct = { group: "Messages", auth: "required" as const };
const own = { ...direct, params: idParam };

/** Conversations. What is not one's own answers 404. */
export const messageEndpoints: Endpoint[] = [
  { ...direct, method: "GET", path: "/api/direct", summary: "One's conversations", details: "Pinned ones first, then newest first; or the requests of people whom one does not know.", query: listThreadsSchema, answers: { 200: listOf("threads", thread) } },
  { ...direct, method: "POST", path: "/api/direct", summary: "Open a conversation", details: "With one person: the one that the two have, 200 when it was there. With more: a group.", body: openThreadSchema, isRepeatable: true, answers: { 200: thread, 201: thread }, errors: [404] },
  { ...direct, method: "GET", path: "/api/direct/unread", summary: "Conversations with something unread", details: "Counted to 100, without muted ones.", answers: { 200: z.strictObject({ unread_count: count, request_count: count }) } },
  { ...direct, method: "GET", path: "/api/direct/people", summary: "Whom one may write to", details: "Known ones first.", query: peopleSchema, answers: { 200: z.strictObject({ users: z.array(userSummary) }) } },
  { ...direct, method: "GET", path: "/api/direct/search", summary: "Find messages", details: "With all of the words, of the last one the beginning; newest first.", query: searchMessagesSchema, answers: { 200: z.strictObject({ messages: z.array(message), threads: z.array(thread), pagination }) } },
  { ...direct, method: "POST", path: "/api/direct/share", summary: "Send a post or a person to several", details: "Each for itself; `refused` says who does not get it.", body: shareSchema, answers: { 200: z.strictObject({ sent: z.array(z.strictObject({ thread_id: id, message_id: id })), refused: z.array(refused) }) } },
  { ...direct, method: "GET", path: "/api/direct/invites/{token}", summary: "What an invitation leads to", params: tokenParam, answers: { 200: z.strictObject({ name: z.string().nullable(), picture_url: z.string().nullable(), member_count: count, is_member: z.boolean(), thread_id: id.optional() }) } },
  { ...direct, method: "POST", path: "/api/direct/invites/{token}", summary: "Join the group", details: "Who was taken out of it may not.", params: tokenParam, answers: { 200: thread }, errors: [403, 422] },
  { ...own, method: "GET", path: "/api/direct/{id}", summary: "A conversation", answers: { 200: thread } },
  { ...own, method: "PATCH", path: "/api/direct/{id}", summary: "Change a conversation", details: "Name and picture of a group, and how its messages go, are its admins' matter.", body: patchThreadSchema, answers: { 200: thread } },
  { ...own, method: "DELETE", path: "/api/direct/{id}", summary: "Put a conversation away", details: "What was said is gone for oneself; it comes back when somebody writes anew.", answers: { 204: null } },
  { ...own, method: "POST", path: "/api/direct/{id}/accept", summary: "Accept a request", answers: { 200: thread } },
  { ...own, method: "POST", path: "/api/direct/{id}/decline", summary: "Decline a request", details: "Its sender does not learn of it.", answers: { 204: null }, errors: [422] },
  { ...own, method: "POST", path: "/api/direct/{id}/leave", summary: "Leave a group", answers: { 200: thread }, errors: [422] },
  { ...own, method: "GET", path: "/api/direct/{id}/members", summary: "Who is in a conversation", query: listMembersSchema, answers: { 200: listOf("members", member) } },
  { ...own, method: "POST", path: "/api/direct/{id}/members", summary: "Add people to a group", details: "Whom one may write to; answers who came.", body: addMembersSchema, answers: { 200: z.strictObject({ members: z.array(member) }) } },
  { ...direct, method: "PATCH", path: "/api/direct/{id}/members/{user_id}", summary: "Make somebody an admin, or not", params: memberParam, body: roleSchema, answers: { 200: member } },
  { ...direct, method: "DELETE", path: "/api/direct/{id}/members/{user_id}", summary: "Take somebody out of a group", params: memberParam, answers: { 204: null }, errors: [422] },
  { ...own, method: "GET", path: "/api/direct/{id}/invite", summary: "The group's invitation", answers: { 200: invite }, errors: [403, 422] },
  { ...own, method: "POST", path: "/api/direct/{id}/invite", summary: "Make a new invitation", details: "The one before does not count any more.", answers: { 200: invite }, errors: [422] },
  { ...own, method: "DELETE", path: "/api/direct/{id}/invite", summary: "Have no invitation", answers: { 200: invite }, errors: [422] },
  { ...own, method: "GET", path: "/api/direct/{id}/messages", summary: "Messages", details: "Oldest first: the newest, or those before, after or around one, or certain ones. `older` and `newer` are for `before` and `after`.", query: listMessagesSchema, answers: { 200: z.strictObject({ messages: z.array(message), older: id.nullable(), newer: id.nullable() }) } },
  { ...own, method: "POST", path: "/api/direct/{id}/messages", summary: "Write", details: "The same `client_id` again answers 200 with the same message, or 204 when it has gone by itself since.", body: sendMessageSchema, answers: { 200: message, 201: message, 204: null }, errors: [415] },
  { ...direct, method: "PATCH", path: "/api/direct/{id}/messages/{message_id}", summary: "Change one's own message", details: "For 15 minutes.", params: messageParam, body: editMessageSchema, answers: { 200: message } },
  { ...direct, method: "DELETE", path: "/api/direct/{id}/messages/{message_id}", summary: "Take back one's own message", params: messageParam, answers: { 204: null } },
  { ...direct, method: "PUT", path: "/api/direct/{id}/messages/{message_id}/reactions/{emoji}", summary: "React to a message", details: "Instead of what one had there before.", params: messageReactionParam, answers: { 200: z.strictObject({ reactions: z.array(reaction) }) }, errors: [422] },
  { ...direct, method: "DELETE", path: "/api/direct/{id}/messages/{message_id}/reactions/{emoji}", summary: "Take it back", params: messageReactionParam, answers: { 200: z.strictObject({ reactions: z.array(reaction) }) }, errors: [422] },
  { ...own, method: "POST", path: "/api/direct/{id}/read", summary: "Say how far one has read", details: "Only forward.", body: readSchema, answers: { 200: z.strictObject({ read_id: id, unread_count: count }) } },
  { ...own, method: "GET", path: "/api/direct/{id}/seen", summary: "How far the others have read", details: "Of those who show it; who does not show it sees it of nobody.", answers: { 200: z.strictObject({ seen: z.array(seen) }) } },
  { ...own, method: "POST", path: "/api/direct/{id}/typing", summary: "Say that one is writing", answers: { 204: null } },
  { ...own, method: "POST", path: "/api/direct/{id}/report", summary: "Report a conversation", body: reportThreadSchema, answers: { 201: z.strictObject({ reported: z.literal(true) }) } },
];
