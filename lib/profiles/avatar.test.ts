import { NextRequest } from "next/server";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import * as avatar from "@/app/api/me/avatar/route";
import * as user from "@/app/api/users/[id]/route";
import { storage } from "@/lib/platform/storage/storage";
import { signToken } from "@/lib/platform/viewer/token";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { makeUser } from "@/lib/testing/factories";

const context = (params: Record<string, string> = {}) => ({ params: Promise.resolve(params) });

async function put(viewer: Viewer, body: FormData | object) {
  const token = await signToken({ userId: viewer.id, sessionId: viewer.sessionId }, new Date(Date.now() + 60_000));
  const request = new NextRequest("http://localhost:3000/api/me/avatar", { method: "PUT", headers: { authorization: `Bearer ${token}` }, body: body instanceof FormData ? body : JSON.stringify(body) });
  const response = await avatar.PUT(request, context());
  return { status: response.status, body: await response.json() };
}

async function remove(viewer: Viewer) {
  const token = await signToken({ userId: viewer.id, sessionId: viewer.sessionId }, new Date(Date.now() + 60_000));
  return (await avatar.DELETE(new NextRequest("http://localhost:3000/api/me/avatar", { method: "DELETE", headers: { authorization: `Bearer ${token}` } }), context())).json();
}

const photo = (background: string) => sharp({ create: { width: 400, height: 300, channels: 3, background } }).jpeg().toBuffer();
function form(bytes: Uint8Array, name = "image") {
  const data = new FormData();
  data.append(name, new Blob([new Uint8Array(bytes)]), "whatever.exe");
  return data;
}

describe("an avatar", () => {
  it("is made from a photo, has another address when it changes, is seen by others, and goes", async () => {
    const viewer = await makeUser();
    const first = await put(viewer, form(await photo("#c63")));
    expect(first).toMatchObject({ status: 200, body: { id: viewer.id, avatar_url: expect.stringMatching(/^\/media\/\d+\/\w+\/320\.webp$/) } });
    const second = await put(viewer, form(await photo("#36c"), "avatar"));
    expect(second.body.avatar_url).not.toBe(first.body.avatar_url);
    const seen = await user.GET(new NextRequest("http://localhost:3000/api/x"), context({ id: viewer.id }));
    expect((await seen.json()).avatar_url).toBe(second.body.avatar_url);
    const stored = [];
    for await (const object of storage().list("")) stored.push(object.key);
    const [, , id, version] = second.body.avatar_url.split("/");
    expect(stored.filter((key) => key.includes(`${id}/${version}/`)).map((key) => key.split("/").at(-1)).sort()).toEqual(["150.jpg", "150.webp", "320.jpg", "320.webp", "64.jpg", "64.webp"]);
    expect((await remove(viewer)).avatar_url).toBeNull();
  });

  it.each([
    ["no picture", () => form(new TextEncoder().encode("<svg onload=alert(1)>")), 415],
    ["an empty form", () => new FormData(), 422],
    ["no id", () => ({}), 422],
    ["an id of nothing", () => ({ media_id: "42" }), 404],
  ])("is not %s", async (_, body, status) => {
    expect((await put(await makeUser(), body())).status).toBe(status);
  });

  it("is not somebody else's upload", async () => {
    const [owner, thief] = [await makeUser(), await makeUser()];
    const { body } = await put(owner, form(await photo("#111")));
    expect((await put(thief, { media_id: body.avatar_url.split("/")[2] })).status).toBe(404);
  });
});
