import { z } from "zod";
import { knownFirstPageSchema } from "@/lib/graph/schemas";
import { addToCollectionSchema, collectionMemberParam, collectionPatchSchema, collectionPostParam, collectionsPageSchema, newCollectionSchema, reactionParam, repostSchema } from "@/lib/interactions/schemas";
import type { CollectionView, MemberView } from "@/lib/interactions/types";
import { reportSchema } from "@/lib/moderation/schemas";
import { idParam, postParam } from "@/lib/platform/http/params";
import type { Endpoint } from "@/lib/platform/openapi/endpoint";
import { pageSchema } from "@/lib/platform/pagination/pagination";
import type { OEmbedView, SharingView } from "@/lib/posts/embed";
import { oEmbedSchema } from "@/lib/posts/schemas";
import { userParam } from "@/lib/profiles/schemas";
import { id, listOf, post, reaction, sameAs, user, userSummary } from "./shapes";

const whole = z.number().int().min(0);
const time = z.iso.datetime({ precision: 3 });

const collection = sameAs<CollectionView>()(
  z.strictObject({
    id, name: z.string(), owner: userSummary, role: z.enum(["owner", "member", "invited"]).describe("Somebody invited sees name and owner only"), post_count: whole.describe("Of those that the viewer may see; counting stops at 100"),
    member_count: whole.describe("Besides its owner"), cover: z.strictObject({ post_id: id, url: z.string().describe("Empty for a covered post"), alt: z.string() }).nullable(), has_post: z.boolean().optional().describe("When `post_id` was asked about"), created_at: time, updated_at: time,
  }).meta({ id: "Collection" }),
  true,
);
const member = sameAs<MemberView>()(z.strictObject({ user: userSummary, state: z.enum(["invited", "joined"]) }), true);
const reactions = z.strictObject({ reactions: z.array(reaction) });
const reposted = z.strictObject({ reposted: z.boolean(), note: z.string(), repost_count: whole });
const sharing = sameAs<SharingView>()(z.strictObject({ url: z.string(), qr_svg: z.string().describe("A QR code of the address"), embed_html: z.string().nullable().describe("null where it may not appear on other sites") }), true);
const oEmbed = sameAs<OEmbedView>()(
  z.strictObject({
    version: z.literal("1.0"), type: z.literal("rich"), provider_name: z.string(), provider_url: z.string(), title: z.string(), author_name: z.string(), author_url: z.string(), html: z.string(),
    width: whole, height: whole, thumbnail_url: z.string(), thumbnail_width: whole, thumbnail_height: whole, cache_age: whole.describe("Seconds"),
  }),
  true,
);
const added = z.strictObject({ added: z.boolean() });

const reacting = { group: "Likes, saves and comments" };
const collecting = { group: "Collections", auth: "required" as const };
const passing = { group: "Sharing and reposts" };

/** Emoji, collections, reposts, and what leaves for elsewhere. */
export const sharingEndpoints: Endpoint[] = [
  { ...reacting, method: "GET", path: "/api/posts/{id}/reactions", summary: "The emoji on a post", auth: "optional", params: postParam, answers: { 200: reactions } },
  { ...reacting, method: "GET", path: "/api/posts/{id}/reactions/{emoji}", summary: "Who reacted with an emoji", details: "Those whom the viewer follows come first.", auth: "optional", params: reactionParam, query: knownFirstPageSchema, answers: { 200: listOf("users", user) } },
  { ...reacting, method: "PUT", path: "/api/posts/{id}/reactions/{emoji}", summary: "React with an emoji", details: "Any single emoji.", auth: "required", params: reactionParam, answers: { 200: reactions }, errors: [422] },
  { ...reacting, method: "DELETE", path: "/api/posts/{id}/reactions/{emoji}", summary: "Take that back", auth: "required", params: reactionParam, answers: { 200: reactions } },
  { ...collecting, method: "GET", path: "/api/collections", summary: "One's collections, and those one shares", details: "With `role=invited` those that one is asked to share.", query: collectionsPageSchema, answers: { 200: listOf("collections", collection) } },
  { ...collecting, method: "POST", path: "/api/collections", summary: "Make a collection", body: newCollectionSchema, isRepeatable: true, answers: { 201: collection }, errors: [404, 409] },
  { ...collecting, method: "GET", path: "/api/collections/{id}", summary: "A collection", params: idParam, answers: { 200: collection } },
  { ...collecting, method: "PATCH", path: "/api/collections/{id}", summary: "Rename it, or choose its cover", details: "What is left out stays. Its owner may.", params: idParam, body: collectionPatchSchema, answers: { 200: collection }, errors: [409] },
  { ...collecting, method: "DELETE", path: "/api/collections/{id}", summary: "Delete it", details: "What is in it stays saved.", params: idParam, answers: { 204: null } },
  { ...collecting, method: "GET", path: "/api/collections/{id}/posts", summary: "Its posts, last added first", details: "Of those that one may see.", params: idParam, query: pageSchema, answers: { 200: listOf("posts", post) } },
  { ...collecting, method: "PUT", path: "/api/collections/{id}/posts/{post_id}", summary: "Save a post into it", details: "`from`: the collection that it leaves at the same time.", params: collectionPostParam, body: addToCollectionSchema, answers: { 200: added } },
  { ...collecting, method: "DELETE", path: "/api/collections/{id}/posts/{post_id}", summary: "Take a post out of it", details: "It stays saved.", params: collectionPostParam, answers: { 200: added } },
  { ...collecting, method: "GET", path: "/api/collections/{id}/members", summary: "Whom it is shared with", params: idParam, answers: { 200: z.strictObject({ members: z.array(member) }) } },
  { ...collecting, method: "PUT", path: "/api/collections/{id}/members/{user_id}", summary: "Ask somebody to share it", params: collectionMemberParam, answers: { 204: null }, errors: [422] },
  { ...collecting, method: "DELETE", path: "/api/collections/{id}/members/{user_id}", summary: "Let somebody go; or leave or decline, oneself", params: collectionMemberParam, answers: { 204: null } },
  { ...collecting, method: "POST", path: "/api/collections/{id}/join", summary: "Accept to share it", params: idParam, answers: { 200: collection } },
  { ...passing, method: "PUT", path: "/api/posts/{id}/repost", summary: "Show a post to one's followers", details: "With a note. Saying it again changes the note. 403 where the author does not want it, or not everybody may see the post.", auth: "required", params: postParam, body: repostSchema, answers: { 200: reposted } },
  { ...passing, method: "DELETE", path: "/api/posts/{id}/repost", summary: "Take that back", auth: "required", params: postParam, answers: { 200: reposted } },
  { ...passing, method: "GET", path: "/api/users/{id}/reposts", summary: "What a person reposted, newest first", auth: "optional", params: userParam, query: pageSchema, answers: { 200: listOf("posts", post) } },
  { ...passing, method: "GET", path: "/api/posts/{id}/share", summary: "Link, QR code and embed code of a post", auth: "optional", params: postParam, answers: { 200: sharing } },
  { ...passing, method: "POST", path: "/api/posts/{id}/share", summary: "Say that one passed it on", details: "Counts once for each person.", auth: "required", params: postParam, answers: { 200: z.strictObject({ share_count: whole }) } },
  { ...passing, method: "GET", path: "/api/oembed", summary: "How other sites embed a post (oEmbed)", details: "Of posts for everybody; 404 for all else.", auth: "optional", query: oEmbedSchema, answers: { 200: oEmbed }, errors: [404] },
  { group: "Reports", method: "POST", path: "/api/reports", summary: "Report a post, a comment, a person or a conversation", details: "While an earlier report about the same is open, another reason or note is added to it. Nobody else is told.", auth: "required", body: reportSchema, answers: { 201: z.strictObject({ reported: z.literal(true) }) }, errors: [404] },
];
