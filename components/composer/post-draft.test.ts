import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { registry } from "@/lib/jobs";
import { forgetLimits } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { getVisiblePost } from "@/lib/posts/queries";
import { removeTag } from "@/lib/posts/service";
import { callApi, type Method } from "@/lib/testing/api";
import { makeUpload, makeUser } from "@/lib/testing/factories";
import { installJobs } from "@/lib/testing/jobs";
import { fingerprint, postDraft } from "./post-draft";
import { type Draft, type DraftPhoto, emptyDraft } from "./types";

beforeAll(() => installJobs(registry));
beforeEach(forgetLimits);
afterEach(() => vi.unstubAllGlobals());

/** The browser's way to the API leads to its real handlers. */
function signIn(viewer: Viewer) {
  vi.stubGlobal("fetch", async (path: string, { method, body, headers }: { method: Method; body?: string; headers: Record<string, string> }) => {
    const answer = await callApi(method, path, { as: viewer, headers, ...(body ? { body } : {}) });
    return new Response(JSON.stringify(answer.body), { status: answer.status });
  });
}

const photo = async (owner: Viewer, tags: DraftPhoto["tags"] = []): Promise<DraftPhoto> => ({
  key: "1", file: new Blob(), thumb: null, name: "a.jpg", type: "image/jpeg", width: 4, height: 3, alt: "", edit: null, shape: "original", tags, upload: { state: "done", mediaId: await makeUpload(owner) },
});
const at = ({ username }: Viewer) => ({ username, x: 0.5, y: 0.5 });
/** Shared, but the answer was lost. */
const lose = async (draft: Draft): Promise<Draft> => (await postDraft(draft), { ...draft, tried: fingerprint(draft) });
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

describe("a draft that is shared once more after its answer was lost", () => {
  it("brings the people, their places and those invited that were changed meanwhile", async () => {
    const [ada, bob, cy, di] = [await makeUser(), await makeUser(), await makeUser(), await makeUser()];
    signIn(ada);
    const photos = [await photo(ada, [at(bob)]), await photo(ada, [at(cy)])];
    const tried = await lose({ ...emptyDraft(), photos, collaborators: [cy.username], repostsEnabled: false });
    const first = await postDraft(tried);
    expect(await getVisiblePost(ada, first.id)).toMatchObject({ reposts_enabled: false, collaborators: [{ username: cy.username }] });
    await removeTag(cy, first.id);
    const post = await postDraft({ ...tried, caption: "Later", repostsEnabled: true, collaborators: [di.username], photos: [{ ...photos[0]!, tags: [{ ...at(bob), x: 0.25 }, at(di)] }, { ...photos[1]!, alt: "A dog" }] });
    expect(post.id).toBe(first.id);
    expect(await getVisiblePost(ada, post.id)).toMatchObject({
      caption: "Later", reposts_enabled: true, collaborators: [{ username: di.username }], media: [{ tags: [{ username: bob.username, x: 0.25 }, { username: di.username }] }, { alt: "A dog", tags: [] }],
    });
  });

  it("brings another time, or none; what is out already stays out", async () => {
    const ada = await makeUser();
    signIn(ada);
    const tried = await lose({ ...emptyDraft(), photos: [await photo(ada)], scheduledFor: inDays(1) });
    const later = inDays(2);
    expect(await postDraft({ ...tried, scheduledFor: later })).toMatchObject({ status: "scheduled", scheduled_for: later });
    expect((await postDraft({ ...tried, scheduledFor: null })).status).toBe("processing");
    const atOnce = await lose({ ...emptyDraft(), photos: [await photo(ada)] });
    expect((await postDraft({ ...atOnce, scheduledFor: later })).status).toBe("processing");
  });
});
