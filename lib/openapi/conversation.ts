import { z } from "zod";
import { addCommentSchema, editCommentSchema, listCommentsSchema, listWaitingSchema } from "@/lib/comments/schemas";
import { idParam, postParam } from "@/lib/platform/http/params";
import type { Endpoint } from "@/lib/platform/openapi/endpoint";
import { pageSchema } from "@/lib/platform/pagination/pagination";
import { comment, listOf, user, waitingComment } from "./shapes";

const commentLiked = z.strictObject({ liked: z.boolean(), like_count: z.number().int().nullable().describe("null when the viewer wants no such numbers") });
const comments = { group: "Comments" };
const moderated = { ...comments, auth: "required" as const, params: idParam, answers: { 200: comment } };

/** What people say under posts. */
export const commentEndpoints: Endpoint[] = [
  { ...comments, method: "GET", path: "/api/posts/{id}/comments", summary: "Comments, or with `parent_id` the replies to one", details: "Newest first, or by relevance: pinned, the author's, those of people the viewer follows, then liked and fresh ones. Replies come oldest first. With `state` what waits for the author or was hidden, to the author. With `ids` those of the named ones that stand in these lists, replies too.", auth: "optional", params: postParam, query: listCommentsSchema, answers: { 200: listOf("comments", comment) }, errors: [403] },
  { ...comments, method: "POST", path: "/api/posts/{id}/comments", summary: "Comment or reply", auth: "required", params: postParam, body: addCommentSchema, isRepeatable: true, answers: { 201: comment } },
  { ...comments, method: "GET", path: "/api/comments/waiting", summary: "Comments on all of one's posts that wait for one's word", details: "Newest first, replies too. With `state=hidden` those that were put away: by hand, or for a word that one hides.", auth: "required", query: listWaitingSchema, answers: { 200: listOf("comments", waitingComment) } },
  { ...comments, method: "GET", path: "/api/comments/{id}", summary: "A comment", auth: "optional", params: idParam, answers: { 200: comment } },
  { ...comments, method: "PATCH", path: "/api/comments/{id}", summary: "Change one's own comment", details: "For 15 minutes.", auth: "required", params: idParam, body: editCommentSchema, answers: { 200: comment } },
  { ...comments, method: "DELETE", path: "/api/comments/{id}", summary: "Delete one's own comment, or any on one's own post", auth: "required", params: idParam, answers: { 204: null } },
  { ...moderated, method: "POST", path: "/api/comments/{id}/restore", summary: "Bring back a comment one has deleted", details: "For 10 minutes, with the replies that went with it." },
  { ...comments, method: "POST", path: "/api/comments/{id}/like", summary: "Like a comment", auth: "required", params: idParam, answers: { 200: commentLiked } },
  { ...comments, method: "DELETE", path: "/api/comments/{id}/like", summary: "Unlike a comment", auth: "required", params: idParam, answers: { 200: commentLiked } },
  { ...comments, method: "GET", path: "/api/comments/{id}/likes", summary: "Who liked a comment", details: "Those whom the viewer follows come first.", auth: "optional", params: idParam, query: pageSchema, answers: { 200: listOf("users", user) } },
  { ...moderated, method: "POST", path: "/api/comments/{id}/pin", summary: "Pin a comment on one's own post", details: "Three at most, no replies.", errors: [409, 422] },
  { ...moderated, method: "DELETE", path: "/api/comments/{id}/pin", summary: "Unpin it" },
  { ...moderated, method: "POST", path: "/api/comments/{id}/hide", summary: "Hide a comment on one's own post", details: "From everybody but its writer, who is not told." },
  { ...moderated, method: "DELETE", path: "/api/comments/{id}/hide", summary: "Show it again" },
  { ...moderated, method: "POST", path: "/api/comments/{id}/approve", summary: "Show a comment that waits for one's word", details: "Those of people whom the post's author restricts wait." },
  { ...moderated, method: "DELETE", path: "/api/comments/{id}/approve", summary: "Have it wait again" },
];
