import { expect } from "vitest";
import { registry } from "@/lib/jobs";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { Ask } from "./api";
import { makePost, makeUpload } from "./factories";
import { drainJobs } from "./jobs";

/** Put away, pinned, deleted, restored. */
export async function liveThrough(ask: Ask, { ada, bob, post }: { ada: Viewer; bob: Viewer; post: string }) {
  for (const is_archived of [true, false]) {
    await ask("PATCH", `/api/posts/${post}`, { as: ada, body: { is_archived } });
    expect((await ask("GET", "/api/archive", { as: ada })).body.posts).toHaveLength(is_archived ? 1 : 0);
  }
  for (const method of ["DELETE", "POST"] as const) await ask(method, `/api/posts/${post}/pin`, { as: ada });
  await ask("PUT", "/api/me/pins", { as: ada, body: { post_ids: [post] } });
  for (const viewer of [ada, null]) expect((await ask("GET", `/api/users/${ada.id}/pinned`, { as: viewer })).body.posts).toHaveLength(1);
  const doomed = await makePost(ada);
  for (const id of [post, doomed]) await ask("DELETE", `/api/posts/${id}`, { as: ada });
  expect((await ask("GET", "/api/recently-deleted", { as: ada })).body.deleted.map((one: { post: { id: string } }) => one.post.id)).toEqual(expect.arrayContaining([post, doomed]));
  await ask("DELETE", `/api/recently-deleted/${doomed}`, { as: ada });
  await ask("POST", `/api/posts/${post}/restore`, { as: ada });
  const { media } = (await ask("GET", `/api/posts/${post}`, { as: ada })).body as { media: { id: string }[] };
  await ask("PATCH", `/api/posts/${post}`, { as: ada, body: { media: media.map(({ id }, at) => ({ id, ...(at === 0 ? { tags: [{ username: bob.username, x: 0.5, y: 0.25 }] } : {}) })) } });
  await drainJobs(registry);
  expect((await ask("POST", `/api/posts/${post}/tag`, { as: bob, body: {} })).body.media[0].tags).toMatchObject([{ username: bob.username, is_viewer: true }]);
  for (const viewer of [ada, null]) expect((await ask("GET", `/api/users/${bob.id}/tagged`, { as: viewer })).body.posts).toHaveLength(1);
  expect((await ask("GET", "/api/notifications", { as: bob })).body.notifications[0].kind).toBe("tag");
  await ask("DELETE", `/api/posts/${post}/tag`, { as: bob });
  await ask("POST", `/api/posts/${post}/tag`, { as: bob, body: { is_proposed: true } });
  await ask("DELETE", `/api/posts/${post}/tag`, { as: bob });
  await ask("PATCH", `/api/posts/${post}`, { as: ada, body: { collaborators: [bob.username] } });
  await drainJobs(registry);
  await ask("DELETE", `/api/posts/${post}/collaboration`, { as: bob });
  await ask("POST", `/api/posts/${post}/collaboration`, { as: bob, body: { is_invited: true } });
  expect((await ask("POST", `/api/posts/${post}/collaboration`, { as: bob })).body.collaborators).toMatchObject([{ username: bob.username }]);
  await drainJobs(registry);
  expect((await ask("GET", "/api/notifications", { as: ada })).body.notifications[0].kind).toBe("collaboration_accepted");
  await ask("DELETE", `/api/posts/${post}/collaboration`, { as: bob });
  const content = { media: [{ id: await makeUpload(ada) }], caption: "Begun" };
  const draft = await ask("POST", "/api/drafts", { as: ada, body: { content } });
  await ask("PUT", `/api/drafts/${draft.body.id}`, { as: ada, body: { content: { ...content, place: "Faro" }, revision: 1 } });
  expect((await ask("GET", `/api/drafts/${draft.body.id}`, { as: ada })).body).toMatchObject({ revision: 2, files: [{ is_there: true }] });
  await ask("DELETE", `/api/drafts/${draft.body.id}`, { as: ada });
  expect((await ask("GET", "/api/drafts", { as: ada })).body.drafts).toEqual([]);
  const scheduled = await ask("POST", "/api/posts", { as: ada, body: { ...content, scheduled_for: new Date(Date.now() + 3_600_000).toISOString() } });
  expect((await ask("GET", "/api/scheduled", { as: ada })).body.posts).toMatchObject([{ status: "scheduled", scheduled_for: expect.any(String) }]);
  await ask("POST", `/api/posts/${scheduled.body.id}/publish`, { as: ada });
}
