import { sql } from "drizzle-orm";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { registry } from "@/lib/jobs";
import { forgetVersion } from "@/lib/media/forget-version";
import { processMedia } from "@/lib/media/jobs";
import { attachMedia } from "@/lib/media/service";
import { env } from "@/lib/platform/env";
import { migrateQueue } from "@/lib/platform/jobs/migrate";
import { storage } from "@/lib/platform/storage/storage";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { updateProfile } from "@/lib/profiles/service";
import { bringPhoto } from "@/lib/testing/bring-photo";
import { makePost, makeUser } from "@/lib/testing/factories";
import { quarters } from "@/lib/testing/pictures";
import { hydratePosts } from "./hydrate";
import { hearNarrowing, rekey } from "./rekey";
import { deletePost, editPost } from "./service";

const context = { id: "1", attempt: 1, signal: AbortSignal.timeout(60_000) };
let photo: Buffer;
beforeAll(async () => {
  await migrateQueue([...registry]);
  photo = await quarters(700, 500).jpeg().toBuffer();
});

async function photoOf(owner: Viewer) {
  const id = await bringPhoto(owner, photo, "post");
  const postId = await makePost(owner, { photos: 0 });
  await db().transaction((tx) => attachMedia(tx, owner, postId, [{ id, alt: "" }]));
  await processMedia.handler({ mediaId: id }, context);
  return { id, postId, version: await versionOf(id) };
}
const versionOf = async (id: string) => (await db().execute<{ version: string }>(sql`select version from media where id = ${id}::bigint`))[0]!.version;
async function filesOf(id: string, version: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { key } of storage().list(`media/${id}/${version}/`)) names.push(key.split("/").at(-1)!);
  return names.toSorted();
}
const waiting = (queue: string, id: string) => db().execute<{ data: { mediaId: string; version: string }; wait: number }>(sql`
  select data, extract(epoch from start_after - created_on)::float8 as wait from pgboss.job where name = ${queue} and data->>'mediaId' = ${id} and state < 'active'`);

describe("behind a CDN", () => {
  beforeEach(() => void Object.assign(env(), { CDN_PURGE_URL: "http://127.0.0.1:9/purge", CDN_PURGE_SECRET: "x".repeat(32) }));
  afterEach(() => void Object.assign(env(), { CDN_PURGE_URL: undefined, CDN_PURGE_SECRET: undefined }));

  test("what is narrowed gets addresses that no cache has had, and the old files go", async () => {
    const owner = await makeUser();
    const { id, postId, version } = await photoOf(owner);
    const files = await filesOf(id, version);
    expect(files.length).toBeGreaterThan(2);
    await hydratePosts(null, [postId]);
    await editPost(owner, postId, { is_archived: true });
    await hearNarrowing.handler({ postId }, context);
    const [job] = await waiting("posts.rekey", id);
    expect(job).toMatchObject({ data: { mediaId: id, version } });
    // Only when no app server takes the old address for public any more, and within a minute.
    expect(job!.wait).toBeGreaterThan(20);
    expect(job!.wait).toBeLessThan(60);
    await rekey.handler(job!.data, context);
    const fresh = await versionOf(id);
    expect(fresh).not.toBe(version);
    expect([await filesOf(id, fresh), await filesOf(id, version)]).toEqual([files, files]);
    // Once more, as a job may come: nothing.
    await rekey.handler(job!.data, context);
    expect(await versionOf(id)).toBe(fresh);

    // Further sizes that were to come, come to the new version.
    expect((await waiting("media.refine", id)).length).toBeGreaterThan(0);

    const [told, gone] = [await waiting("media.purge-version", id), await waiting("media.forget-version", id)];
    expect([told, gone].map(([one]) => one?.data.version)).toEqual([version, version]);
    Object.assign(env(), { CDN_PURGE_URL: undefined });
    await forgetVersion.handler(gone[0]!.data, context);
    expect([await filesOf(id, fresh), await filesOf(id, version)]).toEqual([files, []]);

    // Public again, as it was before: with the addresses that it has now.
    await editPost(owner, postId, { is_archived: false });
    const [post] = await hydratePosts(null, [postId]);
    expect(post!.media[0]!.urls["640"]).toContain(`/media/${id}/${fresh}/`);
  });

  test("waits while another version is made, and leaves alone what everybody sees again", async () => {
    const owner = await makeUser();
    const { id, postId, version } = await photoOf(owner);
    await editPost(owner, postId, { is_archived: true });
    await db().execute(sql`update media set wanted_version = 'next' where id = ${id}::bigint`);
    await expect(rekey.handler({ mediaId: id, version }, context)).rejects.toThrow("being made");
    await db().execute(sql`update media set wanted_version = null where id = ${id}::bigint`);
    await editPost(owner, postId, { is_archived: false });
    await rekey.handler({ mediaId: id, version }, context);
    expect(await versionOf(id)).toBe(version);
  });

  test("of a person whose account became private all posts, and nothing of what everybody sees or what is deleted", async () => {
    const owner = await makeUser();
    const [one, two, deleted] = [await photoOf(owner), await photoOf(owner), await photoOf(owner)];
    await deletePost(owner, deleted.postId);
    await hearNarrowing.handler({ userId: owner.id }, context);
    for (const { id } of [one, two, deleted]) expect(await waiting("posts.rekey", id)).toEqual([]);
    await updateProfile(owner, { is_private: true });
    await hearNarrowing.handler({ userId: owner.id }, context);
    expect((await Promise.all([one, two, deleted].map(({ id }) => waiting("posts.rekey", id)))).map((jobs) => jobs.length)).toEqual([1, 1, 0]);
    // Public again before its turn came: it keeps what it has.
    await updateProfile(owner, { is_private: false });
    await rekey.handler({ mediaId: one.id, version: one.version }, context);
    expect(await versionOf(one.id)).toBe(one.version);
    expect((await filesOf(one.id, one.version)).length).toBeGreaterThan(2);
  });
});

test("without a CDN addresses stay: each is asked about when it is fetched", async () => {
  const owner = await makeUser();
  const { id, postId } = await photoOf(owner);
  await editPost(owner, postId, { is_archived: true });
  await hearNarrowing.handler({ postId }, context);
  expect(await waiting("posts.rekey", id)).toEqual([]);
});
