import { expect } from "vitest";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { Ask } from "./api";
import { makePost } from "./factories";

/** Follows, requests, blocks and circles, and the pages of people. `self` is a private account's token. */
export async function actOnPeople(ask: Ask, { self, selfId, ada, bob, shy, eve }: { self: string; selfId: string } & Record<"ada" | "bob" | "shy" | "eve", Viewer>) {
  await ask("POST", `/api/users/${selfId}/follow`, { as: ada });
  await ask("POST", `/api/users/${selfId}/follow`, { as: eve });
  await ask("GET", "/api/follow-requests", { as: self });
  await ask("POST", `/api/follow-requests/${ada.id}/accept`, { as: self });
  const { undo } = (await ask("POST", `/api/follow-requests/${eve.id}/decline`, { as: self })).body;
  await ask("POST", `/api/follow-requests/${eve.id}/restore`, { as: self, body: { undo } });
  await ask("POST", `/api/users/@${ada.username}/follow`, { as: bob });
  await ask("POST", `/api/users/${shy.id}/follow`, { as: bob });
  await ask("DELETE", `/api/users/${shy.id}/follow`, { as: bob });
  for (const [what, list] of [["block", "blocked"], ["mute", "muted"], ["restrict", "restricted"]]) {
    await ask("POST", `/api/users/${eve.id}/${what}`, { as: bob });
    expect((await ask("GET", `/api/me/${list}?limit=5`, { as: bob })).body.users).toHaveLength(1);
    await ask("DELETE", `/api/users/${eve.id}/${what}`, { as: bob });
  }
  await ask("DELETE", `/api/users/${bob.id}/follower`, { as: eve });
  for (const method of ["POST", "DELETE"] as const) await ask(method, `/api/users/${ada.id}/favourite`, { as: bob });
  await actOnCircles(ask, ada, bob);
  await ask("GET", `/api/users/${selfId}`, { as: ada });
  await ask("GET", `/api/users/@${shy.username}`);
  await ask("GET", `/api/users/${ada.id}/followers?q=&limit=5`, { as: bob });
  await ask("GET", `/api/users/${bob.id}/following`);
}

async function actOnCircles(ask: Ask, ada: Viewer, bob: Viewer) {
  const { id } = (await ask("POST", "/api/circles", { as: ada, body: { name: "Harbour" } })).body;
  await ask("PATCH", `/api/circles/${id}`, { as: ada, body: { name: "The harbour" } });
  await ask("PUT", `/api/circles/${id}/members/${bob.id}`, { as: ada });
  await ask("GET", `/api/circles/${id}?q=&limit=5`, { as: ada });
  const post = await makePost(ada, { circles: [id] });
  expect((await ask("GET", `/api/posts/${post}`, { as: bob })).body).toMatchObject({ audience: "circles", for_close_friends: false });
  expect((await ask("GET", `/api/posts/${post}`, { as: ada })).body.circles).toMatchObject([{ id, name: "The harbour" }]);
  expect((await ask("GET", `/api/circles?user_id=${bob.id}`, { as: ada })).body.with_user).toEqual([id]);
  expect((await ask("GET", "/api/circles", { as: ada })).body.circles).toMatchObject([{ is_close_friends: true }, { id, member_count: 1 }]);
  await ask("DELETE", `/api/circles/${id}/members/@${bob.username}`, { as: ada });
  await ask("DELETE", `/api/circles/${id}`, { as: ada });
  await ask("DELETE", `/api/posts/${post}`, { as: ada });
}
