import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { jobs as mediaJobs } from "@/lib/media/jobs";
import { forgetAccess, readAccess } from "@/lib/media/access";
import { sweepUploads } from "@/lib/media/sweep";
import { forgetLimits } from "@/lib/platform/ratelimit/ratelimit";
import { hiddenWordSchema } from "@/lib/privacy/schemas";
import { hideWord, setPrivacy } from "@/lib/privacy/service";
import { bringPhoto } from "@/lib/testing/bring-photo";
import { makeBlock, makePost, makeUpload, makeUser } from "@/lib/testing/factories";
import { brokenPromises } from "@/lib/testing/invariants";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { quarters } from "@/lib/testing/pictures";
import { playRounds } from "@/lib/testing/rounds";
import { jobs as postJobs } from "./jobs";
import { getVisiblePost } from "./queries";
import { editPostSchema } from "./schemas";
import { editPost } from "./service";
import { listVersions } from "./versions";

const jobs = [...mediaJobs, ...postJobs];
beforeAll(() => installJobs(jobs));
beforeEach(forgetLimits);

const edit = (change: object) => editPostSchema.parse(change);
const idsOf = (post: { media: { id: string }[] }) => post.media.map((item) => item.id);
const upload = async (owner: { id: string }) => bringPhoto(owner, await quarters(300, 200).jpeg().toBuffer());
const access = async (mediaId: string, viewerId: string | null, version = "v1") => (forgetAccess(), readAccess(mediaId, viewerId, version));

describe("what a post holds", () => {
  it("is put in order, and thinned out; what it was can be looked up", async () => {
    const [ada, eve, blocked] = [await makeUser(), await makeUser(), await makeUser()];
    await makeBlock(ada, blocked);
    const id = await makePost(ada, { photos: 3, caption: "Three" });
    const [a, b, c] = idsOf(await getVisiblePost(ada, id)) as [string, string, string];
    expect(idsOf(await editPost(ada, id, edit({ media: [{ id: c, alt: "Now the cover" }, { id: a }, { id: b }] })))).toEqual([c, a, b]);
    const two = await editPost(ada, id, edit({ caption: "Two", media: [{ id: c }, { id: b }] }));
    expect(two).toMatchObject({ caption: "Two", is_edited: true, content_type: "carousel", media: [{ id: c, alt: "Now the cover" }, { id: b }] });
    expect(await editPost(ada, id, edit({ media: [{ id: c }, { id: b }] }))).toMatchObject({ updated_at: two.updated_at });
    expect(await editPost(ada, id, edit({ media: [{ id: b }] }))).toMatchObject({ content_type: "photo", media: [{ id: b }] });
    const versions = await listVersions(eve, id);
    expect(versions.map((version) => [version.caption, version.changed, version.media.map((item) => item?.id ?? null)])).toEqual([
      ["Two", ["photos"], [null, b]], ["Three", ["caption", "photos"], [null, null, b]], ["Three", ["order"], [null, b, null]],
    ]);
    expect(await access(a, null)).toMatchObject({ isPublic: false });
    await expect(listVersions(blocked, id)).rejects.toMatchObject({ code: "not_found" });
    await db().execute(sql`update media set created_at = now() - interval '2 days' where id in (${a}::bigint, ${c}::bigint)`);
    await sweepUploads();
    expect((await db().execute(sql`select 1 from media where id in (${a}::bigint, ${c}::bigint)`)).length).toBe(0);
    expect(await brokenPromises()).toEqual([]);
  });

  it("and what it was is covered as it is, and for words that only stood in an earlier caption", async () => {
    const [ada, eve] = [await makeUser(), await makeUser()];
    const id = await makePost(ada, { caption: "Who dies in the end" });
    await editPost(ada, id, edit({ caption: "Once more" }));
    await editPost(ada, id, edit({ caption: "Nothing to be seen" }));
    const shown = async (viewer: { id: string } | null, uncovered?: "sensitive" | "word") => (await listVersions(viewer, id, uncovered)).map(({ caption, media, cover }) => [caption, media.length, cover]);
    const bare = [["Once more", 1, null], ["Who dies in the end", 1, null]];
    expect(await shown(eve)).toEqual(bare);
    for (const who of [ada, eve]) await hideWord(who, hiddenWordSchema.parse({ phrase: "the END", scopes: ["posts"] }));
    expect(await shown(eve)).toEqual([bare[0], ["", 0, "word"]]);
    expect(await shown(eve, "sensitive")).toEqual([bare[0], ["", 0, "word"]]);
    for (const whole of [await shown(eve, "word"), await shown(ada), await shown(null)]) expect(whole).toEqual(bare);
    await editPost(ada, id, edit({ is_sensitive: true }));
    expect(await shown(eve)).toEqual([["", 0, "sensitive"], ["", 0, "word"]]);
    expect(await shown(eve, "sensitive")).toEqual([bare[0], ["", 0, "word"]]);
    expect(await shown(null)).toEqual([["", 0, "sensitive"], ["", 0, "sensitive"]]);
    for (const whole of [await shown(eve, "word"), await shown(ada), await shown(null, "sensitive")]) expect(whole).toEqual(bare);
    await setPrivacy(eve, { sensitive: "show" });
    expect(await shown(eve)).toEqual([bare[0], ["", 0, "word"]]);
    await editPost(ada, id, edit({ caption: "THE END is here" }));
    expect(await shown(eve)).toEqual([["", 0, "word"], ["", 0, "word"], ["", 0, "word"]]);
  });

  it("refuses what is not in it, and to be empty", async () => {
    const ada = await makeUser();
    const [id, other] = [await makePost(ada, { photos: 2 }), await makePost(ada)];
    const [a] = idsOf(await getVisiblePost(ada, id)) as [string];
    const [strange] = idsOf(await getVisiblePost(ada, other)) as [string];
    for (const media of [[{ id: strange }], [{ id: a }, { id: await makeUpload(ada) }], [{ id: a }, { id: await makeUpload(ada), replaces: a }]]) {
      await expect(editPost(ada, id, edit({ media }))).rejects.toMatchObject({ code: "invalid", fields: { [`media.${media.length - 1}`]: expect.any(String) } });
    }
    await expect(editPost(ada, id, edit({ media: [{ id: strange, replaces: a }] }))).rejects.toMatchObject({ code: "invalid" });
    expect(editPostSchema.safeParse({ media: [] }).success).toBe(false);
    expect(idsOf(await getVisiblePost(ada, id))).toHaveLength(2);
  });

  it("is replaced once the new photo is ready; the earlier one is seen by those who see the post, and by nobody else", async () => {
    const [ada, eve, blocked] = [await makeUser(), await makeUser(), await makeUser()];
    await makeBlock(ada, blocked);
    const id = await makePost(ada, { photos: 2 });
    const [a, b] = idsOf(await getVisiblePost(ada, id)) as [string, string];
    const fresh = await upload(ada);
    const change = edit({ media: [{ id: a }, { id: fresh, replaces: b, alt: "Better" }] });
    const waiting = await editPost(ada, id, change);
    expect(waiting.media).toMatchObject([{ id: a }, { id: b, change: { what: "replacement", problem: null } }]);
    expect((await getVisiblePost(eve, id)).media[1]).not.toHaveProperty("change");
    await editPost(ada, id, change);
    await drainJobs(jobs);
    expect((await getVisiblePost(eve, id)).media).toMatchObject([{ id: a }, { id: fresh, alt: "Better", state: "ready" }]);
    expect(idsOf(await editPost(ada, id, change))).toEqual([a, fresh]);
    expect(await listVersions(eve, id)).toMatchObject([{ changed: ["photos"], media: [{ id: a }, { id: b }] }]);
    expect(await access(b, null)).toMatchObject({ isPublic: true });
    await db().execute(sql`update users set is_private = true where id = ${ada.id}::bigint`);
    for (const viewer of [eve.id, blocked.id, null]) expect(await access(b, viewer)).toMatchObject({ isPublic: false, viewerMay: false });
    expect(await access(b, ada.id)).toMatchObject({ viewerMay: true });
    expect(await brokenPromises()).toEqual([]);
  });

  it("keeps its photo when the new one can't be prepared, and says why to its author", async () => {
    const ada = await makeUser();
    const id = await makePost(ada);
    const [a] = idsOf(await getVisiblePost(ada, id)) as [string];
    const broken = await upload(ada);
    await editPost(ada, id, edit({ media: [{ id: broken, replaces: a }] }));
    await db().execute(sql`update media set state = 'failed', problem = 'damaged' where id = ${broken}::bigint`);
    await drainJobs(jobs);
    expect((await getVisiblePost(ada, id)).media).toMatchObject([{ id: a, change: { problem: expect.any(String) } }]);
    expect((await editPost(ada, id, edit({ media: [{ id: a }] }))).media[0]).not.toHaveProperty("change");
    expect(await listVersions(ada, id)).toEqual([]);
  });

  it("is replaced at once in a post that failed, which is then published", async () => {
    const ada = await makeUser();
    const id = await makePost(ada, { status: "failed" });
    const [a] = idsOf(await getVisiblePost(ada, id)) as [string];
    await db().execute(sql`update media set state = 'failed', problem = 'damaged' where id = ${a}::bigint`);
    const fresh = await upload(ada);
    expect(await editPost(ada, id, edit({ media: [{ id: fresh, replaces: a }] }))).toMatchObject({ status: "processing", media: [{ id: fresh }] });
    await drainJobs(jobs);
    expect(await getVisiblePost(ada, id)).toMatchObject({ status: "published" });
    expect(await listVersions(ada, id)).toEqual([]);
  });
});

describe("two edits at once", () => {
  it("the second is told, and gets what is there now", async () => {
    const ada = await makeUser();
    const id = await makePost(ada, { caption: "Before" });
    const seen = (await getVisiblePost(ada, id)).updated_at;
    const first = await editPost(ada, id, edit({ caption: "First", if_updated_at: seen }));
    await expect(editPost(ada, id, edit({ caption: "Second", if_updated_at: seen }))).rejects.toMatchObject({ code: "conflict", current: { caption: "First", updated_at: first.updated_at } });
    expect((await getVisiblePost(ada, id)).caption).toBe("First");
    // The answer to the first was lost, and it is sent again.
    expect((await editPost(ada, id, edit({ caption: "First", if_updated_at: seen }))).updated_at).toBe(first.updated_at);
    expect((await editPost(ada, id, edit({ caption: "Second", if_updated_at: first.updated_at }))).caption).toBe("Second");
  });

  it("also when the first took out what the second names", async () => {
    const ada = await makeUser();
    const id = await makePost(ada, { photos: 2 });
    const { updated_at, media } = await getVisiblePost(ada, id);
    await editPost(ada, id, edit({ media: [{ id: media[0]!.id }], if_updated_at: updated_at }));
    const second = edit({ media: media.toReversed().map((item) => ({ id: item.id })), if_updated_at: updated_at });
    await expect(editPost(ada, id, second)).rejects.toMatchObject({ code: "conflict", current: { media: [{ id: media[0]!.id }] } });
  });

  it("exactly one of many wins, every time", async () => {
    const posts: string[] = [];
    await playRounds(1_000, 5, async () => {
      const ada = await makeUser();
      const id = await makePost(ada, { photos: 2 });
      posts.push(id);
      return async (round) => {
        const { updated_at, media } = await getVisiblePost(ada, id);
        const change = (n: number) => edit({ caption: `${round}.${n}`, media: media.toReversed().map((item) => ({ id: item.id })), if_updated_at: updated_at });
        const ends = await Promise.allSettled([1, 2, 3].map((n) => editPost(ada, id, change(n))));
        expect(ends.filter((end) => end.status === "fulfilled")).toHaveLength(1);
        for (const end of ends) if (end.status === "rejected") expect(end.reason).toMatchObject({ code: "conflict" });
      };
    });
    const kept = await db().execute<{ n: number }>(sql`select count(*)::int as n from post_versions where post_id = any(${`{${posts.join(",")}}`}::text::bigint[]) group by post_id`);
    expect([...kept].map((row) => row.n)).toEqual([50, 50, 50, 50, 50]);
  }, 120_000);
});
