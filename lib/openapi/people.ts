import { z } from "zod";
import { changePasswordSchema, loginSchema, registerSchema } from "@/lib/accounts/schemas";
import { deleteAccountSchema } from "@/lib/accounts/sign-in-schemas";
import { blockSchema, muteSchema, peoplePageSchema, restoreRequestSchema } from "@/lib/graph/schemas";
import { chosenAvatarSchema } from "@/lib/media/schemas";
import type { Endpoint } from "@/lib/platform/openapi/endpoint";
import { pageSchema } from "@/lib/platform/pagination/pagination";
import { profilePatchSchema, requesterParam, userParam } from "@/lib/profiles/schemas";
import { listOf, profile, self, session, token, user } from "./shapes";

const file = z.string().meta({ format: "binary" });
const people = listOf("users", user);
const state = (name: string) => z.strictObject({ [name]: z.boolean() });
const muted = z.strictObject({ muting: z.boolean().describe("Posts"), muting_stories: z.boolean() });
const following = z.strictObject({ following: z.boolean(), requested: z.boolean() });

const accounts = { group: "Account" };
const graph = { group: "People" };

/** Accounts, profiles and who follows whom. `:id` of a person is the numeric id, or `@` and the username. */
export const peopleEndpoints: Endpoint[] = [
  { ...accounts, method: "POST", path: "/api/auth/register", summary: "Sign up", auth: "optional", body: registerSchema, answers: { 201: session }, errors: [409] },
  { ...accounts, method: "POST", path: "/api/auth/login", summary: "Log in", details: "With username or e-mail address, as `login` or under its own name. With two-step sign-in on, the answer is 401 with the code two_factor_required and a `challenge` for the second step. An account that is to be deleted answers 403 with the code account_deleted and a `challenge` for /api/auth/return.", auth: "optional", body: loginSchema, answers: { 200: session }, errors: [403] },
  { ...accounts, method: "POST", path: "/api/auth/logout", summary: "Log out", details: "The token no longer works.", auth: "required", answers: { 204: null } },
  { ...accounts, method: "GET", path: "/api/me", summary: "Oneself", auth: "required", answers: { 200: self } },
  { ...accounts, method: "PATCH", path: "/api/me", summary: "Edit one's profile", details: "What is left out stays.", auth: "required", body: profilePatchSchema, answers: { 200: self }, errors: [409] },
  { ...accounts, method: "DELETE", path: "/api/me", summary: "Delete one's account", details: "Hidden at once, removed after 30 days. With two-step sign-in on, it wants a `code`, too. Until then logging in leads back.", auth: "required", body: deleteAccountSchema, answers: { 202: z.strictObject({ message: z.string() }) } },
  { ...accounts, method: "POST", path: "/api/me/password", summary: "Change one's password", details: "All other tokens and sessions end.", auth: "required", body: changePasswordSchema, answers: { 200: token } },
  { ...accounts, method: "PUT", path: "/api/me/avatar", summary: "Choose one's picture", auth: "required", body: chosenAvatarSchema, form: z.object({ image: file }), answers: { 200: self }, errors: [404, 415] },
  { ...accounts, method: "DELETE", path: "/api/me/avatar", summary: "Remove one's picture", auth: "required", answers: { 200: self } },
  { ...graph, method: "GET", path: "/api/users/{id}", summary: "A person", auth: "optional", params: userParam, answers: { 200: profile } },
  { ...graph, method: "GET", path: "/api/users/{id}/followers", summary: "Who follows a person", details: "Those whom the viewer follows come first.", auth: "optional", params: userParam, query: peoplePageSchema, answers: { 200: people } },
  { ...graph, method: "GET", path: "/api/users/{id}/following", summary: "Whom a person follows", auth: "optional", params: userParam, query: peoplePageSchema, answers: { 200: people } },
  { ...graph, method: "POST", path: "/api/users/{id}/follow", summary: "Follow, or ask to follow a private account", auth: "required", params: userParam, answers: { 200: following }, errors: [422] },
  { ...graph, method: "DELETE", path: "/api/users/{id}/follow", summary: "Unfollow, or take the request back", auth: "required", params: userParam, answers: { 200: following } },
  { ...graph, method: "GET", path: "/api/follow-requests", summary: "Who asks to follow oneself", auth: "required", query: pageSchema, answers: { 200: people } },
  { ...graph, method: "POST", path: "/api/follow-requests/{user_id}/accept", summary: "Accept a request", auth: "required", params: requesterParam, answers: { 200: state("accepted") } },
  { ...graph, method: "POST", path: "/api/follow-requests/{user_id}/decline", summary: "Decline a request", details: "They are not told. `undo` is for /restore, and null when nobody asked.", auth: "required", params: requesterParam, answers: { 200: z.strictObject({ accepted: z.boolean(), undo: z.string().nullable() }) } },
  { ...graph, method: "POST", path: "/api/follow-requests/{user_id}/restore", summary: "Take back that one declined", details: "With the `undo` of declining, for half a minute: the request waits again, of the day on which it was made.", auth: "required", params: requesterParam, body: restoreRequestSchema, answers: { 200: state("requested") }, errors: [409] },
  { ...graph, method: "POST", path: "/api/users/{id}/block", summary: "Block", details: "Neither sees the other anywhere.", auth: "required", params: userParam, body: blockSchema, answers: { 200: state("blocking") }, errors: [422] },
  { ...graph, method: "DELETE", path: "/api/users/{id}/block", summary: "Unblock", details: "And accounts that were blocked as the same person's.", auth: "required", params: userParam, answers: { 200: state("blocking") } },
  { ...graph, method: "DELETE", path: "/api/users/{id}/follower", summary: "Remove a follower, or decline their request", details: "They are not told. Repeating it does nothing.", auth: "required", params: userParam, answers: { 200: state("followed_by") }, errors: [422] },
  ...(["blocked", "muted", "restricted"] as const).map((what): Endpoint => ({ ...graph, method: "GET", path: `/api/me/${what}`, summary: `Whom one has ${what}`, details: "The newest first.", auth: "required", query: pageSchema, answers: { 200: people } })),
  { ...graph, method: "POST", path: "/api/users/{id}/mute", summary: "Mute posts, stories or both", details: "They stay out of one's feed; the person doesn't learn of it.", auth: "required", params: userParam, body: muteSchema, answers: { 200: muted }, errors: [422] },
  { ...graph, method: "DELETE", path: "/api/users/{id}/mute", summary: "Unmute", auth: "required", params: userParam, answers: { 200: muted } },
];
