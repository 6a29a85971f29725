import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { removeFollower } from "@/lib/graph/service";
import { storage } from "@/lib/platform/storage/storage";
import { removeSubtitles, setSubtitles } from "@/lib/posts/captions";
import { getVisiblePost } from "@/lib/posts/queries";
import { callApi } from "@/lib/testing/api";
import { makeCast, makePost, makeUser } from "@/lib/testing/factories";
import { mediaRow, openMediaFront } from "@/lib/testing/media-front";
import { makeVideoPost, VIDEO_FILES as FILES } from "@/lib/testing/video-post";
import { forgetAccess } from "../access";
import { signatureQuery } from "../signature";
import { videoFiles } from "./files";

const CUES = "WEBVTT\n\n00:01.000 --> 00:02.000\nhello <script>x</script>\n";

let front: Awaited<ReturnType<typeof openMediaFront>>;
beforeAll(async () => {
  front = await openMediaFront();
});
afterAll(() => front.close());

const get = (address: string, headers: Record<string, string> = {}) => fetch(new URL(address, front.origin), { headers });

describe("who may fetch a video's files", () => {
  test.each([true, false])("private account: %s", async (isPrivate) => {
    const { owner, follower, stranger, blocked } = await makeCast({ isPrivate });
    const { postId, id, version } = await makeVideoPost(owner);
    await setSubtitles(owner, id, { language: "en", label: "English", text: CUES });
    const [captions] = (await getVisiblePost(owner, postId)).media[0]!.captions!;
    const names = [...videoFiles(FILES).map(({ name }) => name), new URL(captions!.url, front.origin).pathname.split(`/${version}/`)[1]!];
    expect(names).toHaveLength(6);
    const may = { owner: true, follower: true, stranger: !isPrivate, blocked: false };
    for (const [role, viewer] of Object.entries({ owner, follower, stranger, blocked })) {
      for (const name of names) {
        forgetAccess();
        const { status } = await get(`/media/${id}/${version}/${name}${signatureQuery({ id, version }, viewer.id)}`);
        // The address of a public video is good for everybody, also one that was signed for somebody.
        expect([role, name, status]).toEqual([role, name, may[role as keyof typeof may] || !isPrivate ? 200 : 404]);
      }
    }
    for (const name of names) expect([name, (await get(`/media/${id}/${version}/${name}`)).status]).toEqual([name, isPrivate ? 404 : 200]);
    expect((await get(`/media/${id}/other/hls/master.m3u8`)).status).toBe(404);
    for (const strange of ["hls/../original.jpg", "hls/240.ts", "hls/master.m3u8.bak", "captions/x.vtt", "hls/0240.mp4", "video.mp4/x"]) expect((await get(`/media/${id}/${version}/${strange}`)).status).toBe(404);
  });

  test("all of it dies when its follower is removed, and never worked signed out or tampered with", async () => {
    const { owner, follower } = await makeCast();
    const { postId } = await makeVideoPost(owner);
    const { hls_url: master, mp4_url: mp4 } = (await getVisiblePost(follower, postId)).media[0]!;
    const list = await get(master!).then((answer) => answer.text());
    const inside = new URL(list.split("\n").find((line) => line.startsWith("240.m3u8"))!, new URL(master!, front.origin)).href;
    const segments = new URL((await get(inside).then((answer) => answer.text())).split("\n").find((line) => line.startsWith("240.mp4"))!, inside).href;
    const all = [master!, mp4!, inside, segments];
    for (const address of all) expect((await get(address)).status).toBe(200);
    for (const address of all) {
      expect((await get(address.split("?")[0]!)).status).toBe(404);
      expect((await get(address.replace(/s=./, "s=~"))).status).toBe(404);
      expect((await get(address.replace(/v=\d+/, `v=${owner.id}`))).status).toBe(404);
    }
    await removeFollower(owner, follower.id);
    forgetAccess();
    for (const address of all) expect((await get(address)).status).toBe(404);
  });

  test("ranges, types and how long they are kept", async () => {
    const { owner, follower } = await makeCast({ isPrivate: false });
    const { id, version } = await makeVideoPost(owner);
    const part = await get(`/media/${id}/${version}/video.mp4`, { range: "bytes=0-8" });
    expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([206, "bytes 0-8/1000", "video.mp4"]);
    expect((await get(`/media/${id}/${version}/hls/240.mp4`, { range: "bytes=5000-" })).status).toBe(416);
    const master = await get(`/media/${id}/${version}/hls/master.m3u8`);
    expect(Object.fromEntries(["content-type", "cache-control", "x-content-type-options"].map((name) => [name, master.headers.get(name)]))).toEqual({
      "content-type": "application/vnd.apple.mpegurl", "cache-control": "public, max-age=31536000, immutable", "x-content-type-options": "nosniff",
    });
    expect(await master.text()).not.toContain("?");
    expect((await get(`/media/${id}/${version}/hls/master.m3u8`, { "if-none-match": master.headers.get("etag")! })).status).toBe(304);
    const signed = await get(`/media/${id}/${version}/hls/240.mp4${signatureQuery({ id, version }, follower.id)}`);
    expect([signed.headers.get("content-type"), signed.headers.get("cache-control")]).toEqual(["video/mp4", "private, max-age=3600"]);
  });
});

describe("subtitles", () => {
  test("their author brings, replaces and removes them; others find nothing to change", async () => {
    const { owner, follower, stranger, blocked } = await makeCast({ isPrivate: false });
    const { postId, id } = await makeVideoPost(owner);
    const address = (language: string) => `/api/media/${id}/captions/${language}`;
    expect((await callApi("PUT", address("EN-us"), { as: owner, body: CUES, headers: { "content-type": "text/vtt" } })).status).toBe(204);
    expect((await callApi("PUT", address("de"), { as: owner, body: { text: CUES, label: "Deutsch (kurz)" } })).status).toBe(204);
    const shown = async () => (await getVisiblePost(follower, postId)).media[0]!.captions!;
    expect((await shown()).map(({ language, label }) => [language, label])).toEqual([["de", "Deutsch (kurz)"], ["en-US", "American English"]]);
    const answer = await get((await shown())[0]!.url);
    expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([200, "text/vtt; charset=utf-8", "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nhello x\n"]);
    for (const viewer of [follower, stranger, blocked]) {
      expect((await callApi("PUT", address("fr"), { as: viewer, body: { text: CUES } })).status).toBe(404);
      expect((await callApi("DELETE", address("de"), { as: viewer })).status).toBe(404);
    }
    expect((await callApi("PUT", address("fr"), { body: { text: CUES } })).status).toBe(401);
    const before = (await shown())[0]!.url;
    await setSubtitles(owner, id, { language: "de", label: "Deutsch", text: CUES.replace("hello", "hallo") });
    expect((await shown())[0]!.url).not.toBe(before);
    expect((await get(before)).status).toBe(404);
    expect((await callApi("DELETE", address("de"), { as: owner })).status).toBe(204);
    expect((await callApi("DELETE", address("de"), { as: owner })).status).toBe(204);
    expect((await shown()).map(({ language }) => language)).toEqual(["en-US"]);
  });

  test.each([
    [{ text: "1\n00:00:01,000 --> 00:00:02,000\nx" }, "en", 422],
    [{ text: "" }, "en", 422],
    [{}, "en", 422],
    [{ text: `WEBVTT\n\n${"x".repeat(1_000_001)}` }, "en", 413],
    [{ text: CUES }, "not a language", 404],
    [{ text: CUES }, "xx-x-y-z-a-b", 404],
  ])("%# is refused", async (body, language, status) => {
    const owner = await makeUser();
    const { id } = await makeVideoPost(owner);
    expect((await callApi("PUT", `/api/media/${id}/captions/${encodeURIComponent(language)}`, { as: owner, body })).status).toBe(status);
  });

  test("only videos have them, and no more than a few", async () => {
    const owner = await makeUser();
    const photo = await makePost(owner);
    const [row] = await db().execute<{ id: string }>(sql`select id from media where post_id = ${photo}::bigint`);
    await expect(setSubtitles(owner, row!.id, { language: "en", label: "English", text: CUES })).rejects.toMatchObject({ status: 404 });
    const { id } = await makeVideoPost(owner);
    for (let i = 0; i < 20; i++) await setSubtitles(owner, id, { language: `x${String.fromCharCode(97 + i)}`, label: "x", text: CUES });
    await expect(setSubtitles(owner, id, { language: "en", label: "English", text: CUES })).rejects.toMatchObject({ status: 422 });
    await removeSubtitles(owner, id, "xa");
    const { version } = await mediaRow(id);
    const kept: string[] = [];
    for await (const object of storage().list(`media/${id}/${version}/captions/`)) kept.push(object.key);
    expect(kept).toHaveLength(19);
  });
});
