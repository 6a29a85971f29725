import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { db } from "@/db/client";
import { registry } from "@/lib/jobs";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { Ask } from "./api";
import { makeUpload } from "./factories";
import { drainJobs } from "./jobs";

/** Ada's post with two pictures, and what she and Bob do with it and say below it. Returns the post's id. */
export async function postAndReact(ask: Ask, { ada, bob, photo }: { ada: Viewer; bob: Viewer; photo: Buffer }): Promise<string> {
  const upload = await ask("POST", "/api/uploads", { as: ada, body: { content_type: "image/jpeg", size: photo.length } });
  await putBytes(upload.body, photo);
  await ask("POST", `/api/uploads/${upload.body.media_id}/complete`, { as: ada });
  const made = await ask("POST", "/api/posts", {
    as: ada, headers: { "idempotency-key": "openapi" },
    body: { media: [{ id: upload.body.media_id, alt: "Quarters" }, { id: await makeUpload(ada), alt: "" }], caption: `Of #openapi with @${bob.username}`, location: { name: "Lisbon", latitude: 38.7, longitude: -9.1 } },
  });
  const id = made.body.id as string;
  await ask("GET", `/api/posts/${id}`, { as: ada });
  await db().execute(sql`update media set state = 'failed', problem = 'damaged' where post_id = ${id}::bigint and position = 1`);
  await db().execute(sql`update posts set status = 'failed' where id = ${id}::bigint`);
  expect((await ask("GET", `/api/posts/${id}`, { as: ada })).body.problem).toBeTruthy();
  await ask("POST", `/api/posts/${id}/retry`, { as: ada });
  await db().execute(sql`update media set state = 'ready' where post_id = ${id}::bigint and position = 1`);
  await drainJobs(registry);
  expect((await ask("GET", `/api/posts/${made.body.shortcode}`)).body.status).toBe("published");
  await ask("PUT", `/api/media/${upload.body.media_id}/edit`, { as: ada, body: { kind: "image", geometry: { quarter_turns: 1 }, filter: { name: "dawn" } } });
  expect((await ask("GET", `/api/media/${upload.body.media_id}/edit`, { as: ada })).body.edit.filter).toEqual({ name: "dawn", strength: 1 });
  await ask("POST", `/api/media/${upload.body.media_id}/edit/source`, { as: ada });
  await subtitle(ask, id, ada);
  await ask("GET", `/api/media/${upload.body.media_id}/receipt`, { as: ada });
  await ask("GET", `/api/media/${upload.body.media_id}/original`, { as: ada });
  expect((await ask("GET", `/api/media/${upload.body.media_id}/address?width=100&format=webp`)).body.url).toMatch(/^\/media\/\d+\/\w+\/w\.webp\?w=100&s=/);
  await ask("PATCH", `/api/posts/${id}`, { as: ada, body: { alt: { [upload.body.media_id]: "Four quarters" }, like_count_hidden: true } });
  expect((await ask("PATCH", `/api/posts/${id}`, { as: ada, body: { caption: "Of #openapi, again" } })).body.is_edited).toBe(true);
  expect((await ask("GET", `/api/posts/${id}/versions`)).body.versions).toHaveLength(1);
  for (const what of ["like", "save"]) await ask("POST", `/api/posts/${id}/${what}`, { as: bob });
  const comment = await ask("POST", `/api/posts/${id}/comments`, { as: bob, body: { content: `Look, @${ada.username}` } });
  await ask("POST", `/api/posts/${id}/comments`, { as: ada, body: { content: "Yes", parent_id: comment.body.id } });
  for (const method of ["POST", "DELETE"] as const) await ask(method, `/api/comments/${comment.body.id}/like`, { as: ada });
  await ask("GET", `/api/posts/${id}/comments`, { as: ada });
  await ask("GET", `/api/posts/${id}/comments?parent_id=${comment.body.id}`);
  await ask("GET", `/api/comments/${comment.body.id}`);
  await ask("PATCH", `/api/comments/${comment.body.id}`, { as: bob, body: { content: `Look again, @${ada.username}` } });
  await ask("POST", `/api/comments/${comment.body.id}/like`, { as: bob });
  expect((await ask("GET", `/api/comments/${comment.body.id}/likes`)).body.users).toHaveLength(1);
  for (const what of ["pin", "hide"]) for (const method of ["POST", "DELETE"] as const) await ask(method, `/api/comments/${comment.body.id}/${what}`, { as: ada });
  for (const method of ["DELETE", "POST"] as const) await ask(method, `/api/comments/${comment.body.id}/approve`, { as: ada });
  expect((await ask("GET", `/api/posts/${id}/comments?sort=relevance&limit=1`)).body.comments).toHaveLength(1);
  await ask("GET", `/api/posts/${id}/comments?state=pending`, { as: ada });
  await ask("DELETE", `/api/comments/${comment.body.id}/approve`, { as: ada });
  expect((await ask("GET", "/api/comments/waiting", { as: ada })).body.comments).toHaveLength(1);
  await ask("POST", `/api/comments/${comment.body.id}/approve`, { as: ada });
  const doomed = await ask("POST", `/api/posts/${id}/comments`, { as: bob, body: { content: "Gone" } });
  await ask("DELETE", `/api/comments/${doomed.body.id}`, { as: ada });
  await ask("POST", `/api/comments/${doomed.body.id}/restore`, { as: ada });
  await ask("DELETE", `/api/comments/${doomed.body.id}`, { as: ada });
  await drainJobs(registry);
  return id;
}

/** The second item as if it were a video. */
async function subtitle(ask: Ask, postId: string, ada: Viewer) {
  const files = { renditions: [], mp4: { width: 2, height: 2, bytes: 1 }, preview: { ext: "webp", bytes: 1 } };
  const [row] = await db().execute<{ id: string }>(sql`
    update media set kind = 'video', has_audio = true, duration = 1.5, video = ${JSON.stringify(files)}::text::jsonb where post_id = ${postId}::bigint and position = 1 returning id`);
  await ask("PUT", `/api/media/${row!.id}/captions/en`, { as: ada, body: { text: "WEBVTT\n\n00:01.000 --> 00:02.000\nhello" } });
  expect((await ask("GET", `/api/posts/${postId}`)).body.media[1]).toMatchObject({ captions: [{ language: "en" }], hls_url: expect.any(String) });
  await ask("DELETE", `/api/media/${row!.id}/captions/en`, { as: ada });
}

/** What a browser does with the signed address, without the network. */
export async function putBytes(upload: { media_id: string }, bytes: Buffer): Promise<void> {
  const { storage } = await import("@/lib/platform/storage/storage");
  const [row] = await db().execute<{ original_key: string; content_type: string }>(sql`select original_key, content_type from media where id = ${upload.media_id}::bigint`);
  await storage().put(row!.original_key, bytes, { contentType: row!.content_type });
}
