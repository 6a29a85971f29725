import { expect } from "vitest";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { Ask } from "./api";
import { makeFollow, makePost, makeUser } from "./factories";

/** Every list, as somebody who is signed in and as a visitor, and what feeds are told. */
export async function readEverything(ask: Ask, { ada, bob, post }: { ada: Viewer; bob: Viewer; post: string }) {
  const held = await makePost(ada, { status: "held", audience: "circles" });
  expect((await ask("GET", `/api/posts/${held}`, { as: ada })).body.status).toBe("held");
  const place = (await ask("GET", `/api/posts/${post}`)).body.location.id as string;
  for (const viewer of [bob, null]) {
    const addresses = [`/api/users/${ada.id}/posts`, `/api/posts/users/${ada.id}/posts?offset=0`, "/api/tags/openapi/posts?sort=top", "/api/tags/neverused/posts", `/api/places/${place}/posts`, `/api/posts/${post}/likes`, "/api/explore", "/api/search?q=a", "/api/search?q=open&type=tags", "/api/limits", "/api/openapi.json"];
    for (const address of addresses) await ask("GET", address, { as: viewer });
  }
  expect((await ask("GET", `/api/posts/${post}/likes`, { as: ada })).body.users).toHaveLength(1);
  const stranger = await makeUser();
  await makePost(stranger);
  await makeFollow(bob, stranger);
  expect((await ask("GET", "/api/feed", { as: bob })).body.posts.length).toBeGreaterThan(0);
  await ask("GET", `/api/feed/new?since=${post}`, { as: bob });
  await ask("GET", "/api/feed/favourites?limit=5", { as: bob });
  expect((await ask("GET", "/api/feed/algorithmic?ranker=affinity-v1&limit=1", { as: bob })).body.reasons).toHaveLength(1);
  await ask("POST", "/api/feed/seen", { as: bob, body: { post_ids: [post] } });
  await ask("GET", "/api/feed/preferences", { as: bob });
  await ask("PATCH", "/api/feed/preferences", { as: bob, body: { order: "for_you", best: 0.7 } });
  for (const address of [`/api/posts/${post}/not-interested`, `/api/posts/${post}/fewer`, `/api/users/@${ada.username}/snooze`]) for (const method of ["POST", "DELETE"] as const) await ask(method, address, { as: bob });
  expect((await ask("GET", "/api/saved", { as: bob })).body.posts).toHaveLength(1);
  expect((await ask("GET", "/api/notifications", { as: ada })).body.notifications.length).toBeGreaterThan(0);
  expect((await ask("GET", "/api/notifications", { as: bob })).body.notifications.length).toBeGreaterThan(0);
  expect((await ask("GET", "/api/notifications?show=likes", { as: ada })).body.notifications.every(({ kind }: { kind: string }) => kind === "like" || kind === "comment_like")).toBe(true);
  await ask("POST", "/api/notifications/read", { as: ada, body: {} });
  expect((await ask("GET", "/api/me/notifications", { as: ada })).body.quiet_hours).toBeNull();
  await ask("PATCH", "/api/me/notifications", { as: ada, body: { topics: { likes: { push: false, from: "followed" } }, quiet_hours: { from: "22:30", to: "07:00", time_zone: "Europe/Berlin" } } });
  for (const method of ["DELETE", "GET", "PUT"] as const) await ask(method, `/api/posts/${post}/notifications`, { as: bob });
}
