import { z } from "zod";
import { knownFirstPageSchema } from "@/lib/graph/schemas";
import { saveSchema } from "@/lib/interactions/schemas";
import { editViewSchema } from "@/lib/media/edit/schemas";
import type { WidthAddress } from "@/lib/media/width-address";
import { completeSchema, mediaEditSchema, mediaParam, partsSchema, uploadSchema, widthSchema } from "@/lib/media/schemas";
import { captionsBody, captionsParam } from "@/lib/media/video/schemas";
import type { MediaEditState } from "@/lib/posts/media-edits";
import { idParam, postParam } from "@/lib/platform/http/params";
import type { Endpoint } from "@/lib/platform/openapi/endpoint";
import { offsetPageSchema, pageSchema } from "@/lib/platform/pagination/pagination";
import { createPostSchema, editPostSchema, postFieldsSchema, sortedPageSchema, tagParam } from "@/lib/posts/schemas";
import { userParam } from "@/lib/profiles/schemas";
import { id, listOf, pagination, place, post, receipt, sameAs, tag, user } from "./shapes";

const posts = listOf("posts", post);
const photoForm = postFieldsSchema.extend({ image: z.array(z.string().meta({ format: "binary" })).min(1).max(20) });
const destination = { method: z.literal("PUT"), url: z.string(), headers: z.record(z.string(), z.string()) };
const part = z.strictObject({ number: z.number().int().describe("From 1"), size: z.number().int(), ...destination });
const uploadStatus = z.enum(["pending", "uploaded", "processing", "ready", "failed"]);
const upload = z.strictObject({ media_id: id, status: uploadStatus.describe("Nothing has to be sent unless it is pending"), ...destination, expires_at: z.iso.datetime(), parts: z.array(part).optional().describe("Of a file larger than 8 MB: may be sent instead of the whole, several at once") });
const signedParts = z.strictObject({ media_id: id, expires_at: z.iso.datetime(), parts: z.array(part) });
const uploadState = z.strictObject({ media_id: id, status: uploadStatus, size: z.number().int(), part_bytes: z.number().int().nullable().describe("Bytes of each part but the last; null for a file that is sent whole"), arrived_parts: z.array(z.number().int()).describe("While the upload is pending") });
const widthAddress = sameAs<WidthAddress>()(z.strictObject({ url: z.string(), width: z.number().int(), height: z.number().int() }), true);
const uploaded = z.strictObject({ media_id: id, status: uploadStatus });
const mediaEdit = sameAs<MediaEditState>()(
  z.strictObject({
    media_id: id, kind: z.enum(["image", "video"]), edit: editViewSchema.nullable(), is_changing: z.boolean().describe("The new version is being made"),
    progress: z.number().int().nullable().describe("Of a video's new version, 0 to 100"), problem: z.string().nullable().describe("Why the last change came to nothing"),
    source_url: z.string().nullable().describe("The file as it was brought, for its author alone; null while there is nothing yet to edit a video by"),
    source_progress: z.number().int().nullable(), source_problem: z.string().nullable(), width: z.number().int(), height: z.number().int(), duration: z.number().nullable().describe("Seconds"),
  }).meta({ id: "MediaEdit" }),
  true,
);
const liked = z.strictObject({ liked: z.boolean(), like_count: z.number().int().nullable().describe("null when the author keeps it to themselves, or the viewer wants no such numbers") });
const saved = z.strictObject({ saved: z.boolean(), collection_ids: z.array(id).optional().describe("Collections that it went into or out of") });

const download = z.strictObject({ url: z.string(), expires_at: z.iso.datetime() });

const uploads = { group: "Uploads" };
const making = { group: "Posts" };
const acting = { group: "Likes and saves" };

/** Posts and what one does with them. `:id` of a post is the numeric id or its shortcode. */
export const postEndpoints: Endpoint[] = [
  { ...uploads, method: "POST", path: "/api/uploads", summary: "Ask where to send a file", details: "The address takes exactly this file, for five minutes. Send the bytes there with the given method and headers, then complete. A large file may be sent in `parts` instead: the bytes in their order, each to its address. With `sha256`, a file that the same person has brought before is not sent again.", auth: "required", body: uploadSchema, answers: { 201: upload }, errors: [415] },
  { ...uploads, method: "GET", path: "/api/uploads/{media_id}", summary: "How far an upload has come", details: "To one's own; to go on after a lost connection. An upload that is in no post is kept for a day.", auth: "required", params: mediaParam, answers: { 200: uploadState } },
  { ...uploads, method: "POST", path: "/api/uploads/{media_id}/parts", summary: "Ask for new addresses of parts", details: "They take these parts for five minutes; with `md5` (base64) only bytes of this checksum, sent as `Content-MD5`.", auth: "required", params: mediaParam, body: partsSchema, answers: { 200: signedParts }, errors: [409] },
  { ...uploads, method: "POST", path: "/api/uploads/{media_id}/complete", summary: "Say that a file has arrived", details: "It is judged by its bytes. Parts are put together; which have arrived the server sees for itself.", auth: "required", params: mediaParam, body: completeSchema, answers: { 200: uploaded }, errors: [413, 415, 422] },
  { ...uploads, method: "DELETE", path: "/api/uploads/{media_id}", summary: "Give an upload up", details: "Its bytes are removed. 409 once it is in a post.", auth: "required", params: mediaParam, answers: { 204: null }, errors: [409] },
  { ...uploads, method: "GET", path: "/api/media/{media_id}/edit", summary: "What one did to a photo or video of one's own post", details: "`source_url` shows it as it was brought; sizes and duration are those of that file.", auth: "required", params: mediaParam, answers: { 200: mediaEdit }, errors: [409] },
  { ...uploads, method: "PUT", path: "/api/media/{media_id}/edit", summary: "Edit a photo or video of one's own post anew", details: "What is left out is as it was brought. The old version stays until the new one is made, under new addresses; another edit takes the place of one that is being made.", auth: "required", params: mediaParam, body: mediaEditSchema, answers: { 200: mediaEdit }, errors: [409] },
  { ...uploads, method: "POST", path: "/api/media/{media_id}/edit/source", summary: "Have the whole of a video made ready for editing", details: "A small copy, kept for a day after it was last asked for. Ask for the edit until `source_url` is there.", auth: "required", params: mediaParam, answers: { 200: mediaEdit }, errors: [409] },
  { ...uploads, method: "GET", path: "/api/media/{media_id}/receipt", summary: "What became of one's own photo or video", details: "What came in, what is served and how similar it is, what was changed and what was taken out.", auth: "required", params: mediaParam, answers: { 200: receipt } },
  { ...uploads, method: "GET", path: "/api/media/{media_id}/address", summary: "The address of a photo at any width", details: "Up to the photo's own, which is never enlarged. What is there is made when it is first asked for, and kept. Addresses of what is not public count for the asker alone, with their token, and expire.", auth: "optional", params: mediaParam, query: widthSchema, answers: { 200: widthAddress } },
  { ...uploads, method: "GET", path: "/api/media/{media_id}/original", summary: "Get a file of one's own back as it was brought", details: "The address serves it for five minutes, byte for byte, as an attachment.", auth: "required", params: mediaParam, answers: { 200: download } },
  { ...making, method: "POST", path: "/api/posts", summary: "Post", details: "Of uploads as JSON, or of photos in a form: parts named `image`, their alt texts in fields named `alt` in the same order. The post is `processing` until its photos are ready.", auth: "required", body: createPostSchema, form: photoForm, isRepeatable: true, answers: { 201: post }, errors: [409, 415] },
  { ...making, method: "GET", path: "/api/posts/{id}", summary: "A post", auth: "optional", params: postParam, answers: { 200: post } },
  { ...making, method: "PATCH", path: "/api/posts/{id}", summary: "Edit a post", details: "What is left out stays. `alt` is a text when there is one photo, else texts by media id. `media` is the whole list of what the post is to hold: it orders, removes and replaces.", auth: "required", params: postParam, body: editPostSchema, answers: { 200: post }, errors: [409, 415] },
  { ...making, method: "DELETE", path: "/api/posts/{id}", summary: "Delete a post", auth: "required", params: postParam, answers: { 204: null } },
  { ...making, method: "POST", path: "/api/posts/{id}/retry", summary: "Process a failed post once more", auth: "required", params: postParam, answers: { 200: post } },
  { ...making, method: "PUT", path: "/api/media/{media_id}/captions/{language}", summary: "Give a video subtitles", details: "WebVTT, as JSON or as it is (`text/vtt`). Only cues survive, with bold, italic, underline and who speaks.", auth: "required", params: captionsParam, body: captionsBody, plain: "text/vtt", answers: { 204: null } },
  { ...making, method: "DELETE", path: "/api/media/{media_id}/captions/{language}", summary: "Take a video's subtitles away", auth: "required", params: captionsParam, answers: { 204: null } },
  { ...making, method: "GET", path: "/api/users/{id}/posts", summary: "A person's posts, newest first", auth: "optional", params: userParam, query: offsetPageSchema, answers: { 200: posts } },
  { ...making, method: "GET", path: "/api/posts/users/{id}/posts", summary: "The same at its old address", auth: "optional", params: userParam, query: offsetPageSchema, answers: { 200: posts } },
  { ...making, method: "GET", path: "/api/tags/{tag}/posts", summary: "Posts that bear a hashtag", auth: "optional", params: tagParam, query: sortedPageSchema, answers: { 200: z.strictObject({ tag, posts: z.array(post), pagination }) } },
  { ...making, method: "GET", path: "/api/places/{id}/posts", summary: "Posts taken at a place", auth: "optional", params: idParam, query: sortedPageSchema, answers: { 200: z.strictObject({ place, posts: z.array(post), pagination }) } },
  { ...acting, method: "POST", path: "/api/posts/{id}/like", summary: "Like", auth: "required", params: postParam, answers: { 200: liked } },
  { ...acting, method: "DELETE", path: "/api/posts/{id}/like", summary: "Unlike", auth: "required", params: postParam, answers: { 200: liked } },
  { ...acting, method: "GET", path: "/api/posts/{id}/likes", summary: "Who liked a post", details: "Those whom the viewer follows come first.", auth: "optional", params: postParam, query: knownFirstPageSchema, answers: { 200: listOf("users", user) } },
  { ...acting, method: "POST", path: "/api/posts/{id}/save", summary: "Save", details: "Into a collection, if one is named.", auth: "required", params: postParam, body: saveSchema, answers: { 200: saved } },
  { ...acting, method: "DELETE", path: "/api/posts/{id}/save", summary: "Unsave", details: "Out of a collection, if one is named; it then stays saved.", auth: "required", params: postParam, body: saveSchema, answers: { 200: saved } },
  { ...acting, method: "GET", path: "/api/saved", summary: "What one saved", auth: "required", query: pageSchema, answers: { 200: posts } },
];
