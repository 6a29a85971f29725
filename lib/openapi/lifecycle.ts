import { z } from "zod";
import { idParam, postParam } from "@/lib/platform/http/params";
import type { Endpoint } from "@/lib/platform/openapi/endpoint";
import { pageSchema } from "@/lib/platform/pagination/pagination";
import { acceptCollaborationSchema, acceptTagSchema, draftSchema, newDraftSchema, pinsSchema, versionsSchema } from "@/lib/posts/schemas";
import type { DeletedPostView, DraftView } from "@/lib/posts/types";
import { userParam } from "@/lib/profiles/schemas";
import { id, listOf, post, postVersion, sameAs } from "./shapes";

const life = { group: "A post’s life" };
const time = z.iso.datetime({ precision: 3 });
const pinnedIds = z.array(id).describe("In the order of the profile");
const pins = z.strictObject({ pinned: z.boolean(), pinned_ids: pinnedIds, unpinned: id.nullable().describe("The one that made room for a fourth") });
const deletedPost = sameAs<DeletedPostView>()(z.strictObject({ post, deleted_at: time, purged_at: time.describe("When it goes for good") }).meta({ id: "DeletedPost" }), true);

const draft = sameAs<DraftView>()(
  z.strictObject({
    id, revision: z.number().int(), content: z.looseObject({ media: z.array(z.looseObject({ id })), caption: z.string() }).describe("What the composer holds"),
    files: z.array(z.strictObject({ media_id: id, type: z.enum(["image", "video"]), content_type: z.string(), bytes: z.number().int(), is_there: z.boolean().describe("Still free to be posted") })).describe("Beside `content.media`"),
    updated_at: time, created_at: time,
  }).meta({ id: "Draft" }),
  true,
);

/** What becomes of a post before and after it is out. */
export const lifecycleEndpoints: Endpoint[] = [
  { ...life, method: "GET", path: "/api/posts/{id}/versions", summary: "What a post was before it was edited", details: "Newest first; for everybody who sees the post. Neither words nor photos of what is covered, until `uncovered` says that the viewer asked for it.", auth: "optional", params: postParam, query: versionsSchema, answers: { 200: z.strictObject({ versions: z.array(postVersion) }) } },
  { ...life, method: "GET", path: "/api/archive", summary: "What one has put away", details: "`PATCH /api/posts/{id}` with `is_archived` puts away and shows again.", auth: "required", query: pageSchema, answers: { 200: listOf("posts", post) } },
  { ...life, method: "GET", path: "/api/recently-deleted", summary: "What one has deleted in the last 30 days", auth: "required", query: pageSchema, answers: { 200: listOf("deleted", deletedPost) } },
  { ...life, method: "POST", path: "/api/posts/{id}/restore", summary: "Bring a deleted post back as it was", auth: "required", params: postParam, answers: { 200: post } },
  { ...life, method: "DELETE", path: "/api/recently-deleted/{id}", summary: "Remove a deleted post for good", auth: "required", params: postParam, answers: { 204: null } },
  { ...life, method: "POST", path: "/api/posts/{id}/pin", summary: "Put a post at the top of one’s profile", details: "Three stand there at most; the one that has been there longest makes room.", auth: "required", params: postParam, answers: { 200: pins }, errors: [409] },
  { ...life, method: "DELETE", path: "/api/posts/{id}/pin", summary: "Take a post down from the top of one’s profile", auth: "required", params: postParam, answers: { 200: pins } },
  { ...life, method: "PUT", path: "/api/me/pins", summary: "Order what stands at the top of one’s profile", auth: "required", body: pinsSchema, answers: { 200: z.strictObject({ pinned_ids: pinnedIds }) } },
  { ...life, method: "GET", path: "/api/users/{id}/pinned", summary: "What stands at the top of a profile", auth: "optional", params: userParam, answers: { 200: z.strictObject({ posts: z.array(post) }) } },
  { ...life, method: "POST", path: "/api/posts/{id}/tag", summary: "Agree to stand on the photos of a post", details: "By the tagged person. With `is_proposed`, takes back that one declined: it is a question again.", auth: "required", params: postParam, body: acceptTagSchema, answers: { 200: post } },
  { ...life, method: "DELETE", path: "/api/posts/{id}/tag", summary: "Take oneself off the photos of a post", details: "Also declines. Its author can’t tag one there again.", auth: "required", params: postParam, answers: { 204: null } },
  { ...life, method: "GET", path: "/api/users/{id}/tagged", summary: "Posts on whose photos a person stands", auth: "optional", params: userParam, query: pageSchema, answers: { 200: listOf("posts", post) } },
  { ...life, method: "POST", path: "/api/posts/{id}/collaboration", summary: "Accept to be an author of a post, too", details: "It then stands on both profiles and in the feeds of both people’s followers, who see it if they may see its author’s posts. With `is_invited`, takes back that one declined, until the author sets the post’s authors anew.", auth: "required", params: postParam, body: acceptCollaborationSchema, answers: { 200: post } },
  { ...life, method: "DELETE", path: "/api/posts/{id}/collaboration", summary: "Decline that, or leave", auth: "required", params: postParam, answers: { 204: null } },
  { ...life, method: "GET", path: "/api/scheduled", summary: "What of one’s own is to appear", details: "The next first. `POST /api/posts` with `scheduled_for` schedules, `PATCH` changes the time, `DELETE` cancels.", auth: "required", answers: { 200: z.strictObject({ posts: z.array(post) }) } },
  { ...life, method: "POST", path: "/api/posts/{id}/publish", summary: "Publish a scheduled post at once", details: "It gets a new id, of the time at which it appears.", auth: "required", params: postParam, answers: { 200: post }, errors: [409] },
  { ...life, method: "GET", path: "/api/drafts", summary: "One’s own drafts, the last touched first", auth: "required", answers: { 200: z.strictObject({ drafts: z.array(draft) }) } },
  { ...life, method: "POST", path: "/api/drafts", summary: "Keep a post that was begun", details: "Its uploads are kept as long as it is: until it is posted or deleted, or 90 days after it was last touched.", auth: "required", body: newDraftSchema, isRepeatable: true, answers: { 201: draft } },
  { ...life, method: "GET", path: "/api/drafts/{id}", summary: "One draft", auth: "required", params: idParam, answers: { 200: draft } },
  { ...life, method: "PUT", path: "/api/drafts/{id}", summary: "Go on with a draft", details: "409 with what is there now when another device has changed it since `revision`.", auth: "required", params: idParam, body: draftSchema, answers: { 200: draft }, errors: [409] },
  { ...life, method: "DELETE", path: "/api/drafts/{id}", summary: "Forget a draft", auth: "required", params: idParam, answers: { 204: null } },
];
