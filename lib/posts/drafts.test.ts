import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { registry } from "@/lib/jobs";
import { cancelUpload } from "@/lib/media/service";
import { sweepUploads } from "@/lib/media/sweep";
import { forgetLimits } from "@/lib/platform/ratelimit/ratelimit";
import { makeUpload, makeUser } from "@/lib/testing/factories";
import { installJobs } from "@/lib/testing/jobs";
import { getDraft, listDrafts, MAX_DRAFTS, sweepDrafts } from "./drafts";
import { createPostSchema, newDraftSchema } from "./schemas";
import { createPost, deleteDraft, saveDraft, updateDraft } from "./service";

beforeAll(() => installJobs(registry));
beforeEach(forgetLimits);

const content = (ids: string[], caption = "Begun", more: object = {}) => newDraftSchema.parse({ content: { media: ids.map((id) => ({ id, alt: "A" })), caption, ...more } }).content;
const isThere = async (mediaId: string) => (await db().execute(sql`select 1 from media where id = ${mediaId}::bigint`)).length === 1;
const age = (mediaId: string) => db().execute(sql`update media set created_at = now() - interval '3 days' where id = ${mediaId}::bigint`);

describe("drafts on the server", () => {
  it("are kept once for a key, listed, changed and forgotten by their owner alone", async () => {
    const [ada, eve] = [await makeUser(), await makeUser()];
    const photo = await makeUpload(ada);
    const [first, again] = await Promise.all([1, 2].map(() => saveDraft(ada, content([photo], "Begun", { place: "Faro" }), "once")));
    expect(again!.id).toBe(first!.id);
    expect(first).toMatchObject({ revision: 1, content: { caption: "Begun", place: "Faro", media: [{ id: photo, alt: "A" }] }, files: [{ media_id: photo, type: "image", bytes: 1000, is_there: true }] });
    const other = await saveDraft(ada, content([]), null);
    expect((await listDrafts(ada)).map((draft) => draft.id)).toEqual([other.id, first!.id]);
    expect(await updateDraft(ada, first!.id, content([photo], "Further"), 1)).toMatchObject({ revision: 2 });
    expect((await listDrafts(ada)).map((draft) => draft.id)).toEqual([first!.id, other.id]);
    await deleteDraft(eve, first!.id);
    for (const work of [() => getDraft(eve, first!.id), () => updateDraft(eve, first!.id, content([]), 2)]) await expect(work()).rejects.toMatchObject({ code: "not_found" });
    expect(await listDrafts(eve)).toEqual([]);
    for (let i = 0; i < 2; i++) await deleteDraft(ada, other.id);
    expect(await listDrafts(ada)).toHaveLength(1);
  });

  it("tell the second of two devices what is there now", async () => {
    const ada = await makeUser();
    const { id } = await saveDraft(ada, content([]), null);
    await updateDraft(ada, id, content([], "Phone"), 1);
    await expect(updateDraft(ada, id, content([], "Laptop"), 1)).rejects.toMatchObject({ code: "conflict", current: { revision: 2, content: { caption: "Phone" } } });
    expect(await updateDraft(ada, id, content([], "Phone"), 1)).toMatchObject({ revision: 2 });
    for (let round = 0; round < 60; round++) {
      const { revision } = await getDraft(ada, id);
      const ends = await Promise.allSettled([1, 2, 3].map((n) => updateDraft(ada, id, content([], `${round}.${n}`), revision)));
      expect(ends.filter((end) => end.status === "fulfilled")).toHaveLength(1);
    }
  });

  it("name one's own free uploads only, and are not without number", async () => {
    const [ada, eve] = [await makeUser(), await makeUser()];
    for (const strange of [await makeUpload(eve), "77"]) await expect(saveDraft(ada, content([strange]), null)).rejects.toMatchObject({ fields: { "content.media.0": expect.any(String) } });
    expect(newDraftSchema.safeParse({ content: { media: [], caption: "", more: "x".repeat(100_001) } }).success).toBe(false);
    await Promise.all(Array.from({ length: MAX_DRAFTS + 5 }, () => saveDraft(ada, content([]), null).catch((error: { code: string }) => expect(error.code).toBe("invalid"))));
    expect(await listDrafts(ada)).toHaveLength(MAX_DRAFTS);
  });

  it("keep their uploads from the sweep until they are forgotten, after 90 days at the latest", async () => {
    const ada = await makeUser();
    const [kept, free] = [await makeUpload(ada), await makeUpload(ada)];
    const { id } = await saveDraft(ada, content([kept]), null);
    await Promise.all([kept, free].map(age));
    await sweepUploads();
    expect([await isThere(kept), await isThere(free)]).toEqual([true, false]);
    await expect(cancelUpload(ada, kept)).rejects.toMatchObject({ code: "conflict" });
    await db().execute(sql`update drafts set updated_at = now() - interval '89 days' where id = ${id}::bigint`);
    expect(await sweepDrafts()).toBe(0);
    await db().execute(sql`update drafts set updated_at = now() - interval '91 days' where id = ${id}::bigint`);
    expect(await sweepDrafts()).toBe(1);
    await sweepUploads();
    expect(await isThere(kept)).toBe(false);
  });

  it("become a post, and are gone with that", async () => {
    const ada = await makeUser();
    const photo = await makeUpload(ada);
    const [draft, other] = [await saveDraft(ada, content([photo]), null), await saveDraft(ada, content([photo]), null)];
    await createPost(ada, createPostSchema.parse({ media: [{ id: photo }], draft_id: draft.id }), null);
    expect(await listDrafts(ada)).toMatchObject([{ id: other.id, files: [{ is_there: false }] }]);
  });
});
