import { expect } from "vitest";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { Ask } from "./api";

/** Reactions, reposts, addresses to share, a collection of two, a report. */
export async function passOn(ask: Ask, { ada, bob, eve, post }: Record<"ada" | "bob" | "eve", Viewer> & { post: string }) {
  const fire = `/api/posts/${post}/reactions/${encodeURIComponent("🔥")}`;
  await ask("PUT", fire, { as: bob });
  expect((await ask("GET", `/api/posts/${post}/reactions`)).body.reactions).toEqual([{ emoji: "🔥", count: null, mine: false }]);
  expect((await ask("GET", fire, { as: ada })).body.users).toHaveLength(1);
  expect((await ask("DELETE", fire, { as: bob })).body.reactions).toEqual([]);
  await ask("PUT", `/api/posts/${post}/repost`, { as: bob, body: { note: "See" } });
  expect((await ask("GET", `/api/users/${bob.id}/reposts`)).body.posts[0].repost).toMatchObject({ note: "See" });
  await ask("GET", `/api/posts/${post}/share`);
  expect((await ask("POST", `/api/posts/${post}/share`, { as: bob })).body).toEqual({ share_count: 1 });
  await ask("DELETE", `/api/posts/${post}/repost`, { as: bob });
  const { url } = (await ask("GET", `/api/posts/${post}`)).body;
  expect((await ask("GET", `/api/oembed?url=${encodeURIComponent(url)}&maxwidth=300`)).body.width).toBe(300);
  const collection = `/api/collections/${(await ask("POST", "/api/collections", { as: bob, body: { name: "Quarters", post_id: post } })).body.id}`;
  await ask("PATCH", collection, { as: bob, body: { name: "Halves", cover_post_id: post } });
  expect((await ask("GET", `/api/collections?post_id=${post}`, { as: bob })).body.collections).toMatchObject([{ name: "Halves", has_post: true, cover: { post_id: post } }]);
  await ask("PUT", `${collection}/members/${eve.id}`, { as: bob });
  expect((await ask("GET", "/api/collections?role=invited", { as: eve })).body.collections).toMatchObject([{ role: "invited", post_count: 0 }]);
  await ask("POST", `${collection}/join`, { as: eve });
  await ask("GET", collection, { as: eve });
  expect((await ask("GET", `${collection}/members`, { as: eve })).body.members).toHaveLength(1);
  expect((await ask("GET", `${collection}/posts`, { as: eve })).body.posts).toHaveLength(1);
  await ask("DELETE", `${collection}/posts/${post}`, { as: eve });
  await ask("PUT", `${collection}/posts/${post}`, { as: eve, body: {} });
  await ask("DELETE", `${collection}/members/${eve.id}`, { as: eve });
  await ask("DELETE", collection, { as: bob });
  await ask("POST", "/api/reports", { as: bob, body: { subject: "post", id: post, reason: "spam" } });
}
