import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { db } from "@/db/client";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import type { Ask } from "./api";

/** A conversation of two, and a group from its beginning to its end. */
export async function talk(ask: Ask, { ada, bob, eve, post }: Record<"ada" | "bob" | "eve", Viewer> & { post: string }) {
  const pair = `/api/direct/${(await ask("POST", "/api/direct", { as: bob, body: { user_ids: [ada.id] } })).body.id}`;
  await ask("POST", "/api/direct", { as: bob, body: { user_ids: [ada.id] } });
  const hello = { client_id: "hello", text: `Hello @${ada.username}` };
  const { id } = (await ask("POST", `${pair}/messages`, { as: bob, body: hello })).body;
  await ask("POST", `${pair}/messages`, { as: bob, body: hello });
  await ask("GET", "/api/direct?folder=requests", { as: ada });
  await ask("POST", `${pair}/accept`, { as: ada });
  await ask("POST", `${pair}/messages`, { as: ada, body: { client_id: "answer", text: "Look", shared: { kind: "post", id: post }, reply_to: id } });
  await ask("POST", `${pair}/messages`, { as: ada, body: { client_id: "who", shared: { kind: "profile", id: ada.id } } });
  await ask("PATCH", `${pair}/messages/${id}`, { as: bob, body: { text: "Hello" } });
  const fire = `${pair}/messages/${id}/reactions/${encodeURIComponent("🔥")}`;
  expect((await ask("PUT", fire, { as: ada })).body.reactions).toMatchObject([{ count: 1, mine: true }]);
  await ask("DELETE", fire, { as: ada });
  await ask("POST", `${pair}/typing`, { as: ada });
  await ask("POST", `${pair}/read`, { as: ada, body: { up_to: id } });
  await ask("GET", `${pair}/seen`, { as: bob });
  expect((await ask("GET", "/api/direct", { as: bob })).body.threads).toHaveLength(1);
  await ask("GET", "/api/direct/unread", { as: bob });
  await ask("GET", `/api/direct/people?q=${ada.username}`, { as: bob });
  expect((await ask("GET", "/api/direct/search?q=hel", { as: ada })).body.messages).toHaveLength(1);
  await ask("POST", "/api/direct/share", { as: bob, body: { client_id: "share", shared: { kind: "post", id: post }, user_ids: [ada.id, "1"] } });
  const group = `/api/direct/${(await ask("POST", "/api/direct", { as: ada, body: { user_ids: [bob.id], name: "Quarters" } })).body.id}`;
  await ask("PATCH", group, { as: ada, body: { name: "Halves", vanishing: "day", is_pinned: true } });
  await ask("POST", `${group}/members`, { as: ada, body: { user_ids: [eve.id] } });
  await ask("PATCH", `${group}/members/${bob.id}`, { as: ada, body: { role: "admin" } });
  await ask("GET", `${group}/members`, { as: bob });
  await ask("DELETE", `${group}/members/${eve.id}`, { as: bob });
  await ask("GET", group, { as: eve });
  // Who was taken out comes back by an admin alone; who left, by an invitation.
  await ask("POST", `${group}/members`, { as: ada, body: { user_ids: [eve.id] } });
  await ask("POST", `${group}/leave`, { as: eve });
  const { token } = (await ask("POST", `${group}/invite`, { as: ada })).body;
  await ask("GET", `${group}/invite`, { as: ada });
  await ask("GET", `/api/direct/invites/${token}`, { as: eve });
  await ask("POST", `/api/direct/invites/${token}`, { as: eve });
  await ask("DELETE", `${group}/invite`, { as: ada });
  const brief = { client_id: "brief", text: "For a day" };
  const { id: briefId } = (await ask("POST", `${group}/messages`, { as: bob, body: brief })).body;
  await ask("GET", `${group}/messages`, { as: ada });
  await db().execute(sql`update messages set vanishes_at = now() where id = ${briefId}::bigint`);
  expect((await ask("POST", `${group}/messages`, { as: bob, body: brief })).status).toBe(204);
  await ask("POST", `${group}/report`, { as: eve, body: { reason: "spam" } });
  await ask("POST", `${group}/leave`, { as: eve });
  await ask("DELETE", `${pair}/messages/${id}`, { as: bob });
  await ask("GET", `${pair}/messages?limit=2`, { as: ada });
  await ask("DELETE", pair, { as: bob });
  const request = `/api/direct/${(await ask("POST", "/api/direct", { as: eve, body: { user_ids: [bob.id] } })).body.id}`;
  await ask("POST", `${request}/messages`, { as: eve, body: { client_id: "no", text: "We do not know each other" } });
  await ask("POST", `${request}/decline`, { as: bob });
}
