import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { register } from "@/lib/accounts/service";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { makeBlock, makeFollow, makeUser } from "@/lib/testing/factories";
import { failure } from "@/lib/testing/failure";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { jobs } from "./jobs";
import { MAX_FAVOURITES } from "./limits";
import { getRelations, listBlocked, listFavourites, listMuted, listRestricted } from "./queries";
import { blockSamePerson } from "./same-person";
import { block, mute, restrict, setFavourite, unblock, unfollow, unmute, unrestrict } from "./service";

const FIRST = { limit: 20, cursor: null };
const relation = async (viewer: Viewer, user: Viewer) => (await getRelations(viewer.id, [user.id])).get(user.id)!;
const device = (user: { id: string }, mark: string) => db().execute(sql`insert into known_devices (user_id, device_hash) values (${user.id}::bigint, ${mark})`);
const blocked = async (viewer: Viewer) => (await listBlocked(viewer, FIRST)).items.map((user) => user.id);

beforeAll(() => installJobs(jobs));

describe("mutes", () => {
  it("are of posts, of stories, or of both", async () => {
    const [a, b] = [await makeUser(), await makeUser()];
    expect(await mute(a, b.id)).toEqual({ muting: true, muting_stories: true });
    expect(await mute(a, b.id, { posts: false, stories: true })).toEqual({ muting: false, muting_stories: true });
    expect(await relation(a, b)).toMatchObject({ muting: false, muting_stories: true });
    expect((await listMuted(a, FIRST)).items.map((user) => user.id)).toEqual([b.id]);
    await mute(a, b.id, { posts: false, stories: false });
    await unmute(a, b.id);
    expect((await listMuted(a, FIRST)).items).toEqual([]);
    expect(await relation(b, a)).toMatchObject({ muting: false, muting_stories: false, restricting: false });
  });
});

describe("restricting", () => {
  it("is between the two alone, once, and can be taken back from whom one cannot see any more", async () => {
    const [a, b] = [await makeUser(), await makeUser()];
    await Promise.all([restrict(a, b.id), restrict(a, b.id)]);
    expect(await relation(a, b)).toMatchObject({ restricting: true });
    expect(await relation(b, a)).toMatchObject({ restricting: false });
    expect((await listRestricted(a, FIRST)).items.map((user) => user.id)).toEqual([b.id]);
    await makeBlock(b, a);
    expect((await listRestricted(a, FIRST)).items).toEqual([]);
    await unrestrict(a, b.id);
    expect(await failure(unrestrict(a, b.id))).toMatchObject({ status: 404 });
    expect(await failure(restrict(a, a.id))).toMatchObject({ status: 422 });
  });
});

describe("favourites", () => {
  it("are people one follows, for as long as one does", async () => {
    const [a, b] = [await makeUser(), await makeUser()];
    expect(await failure(setFavourite(a, b.id, true))).toMatchObject({ status: 422 });
    await makeFollow(a, b);
    await Promise.all([setFavourite(a, b.id, true), setFavourite(a, b.id, true)]);
    expect((await listFavourites(a, FIRST)).items.map((user) => user.id)).toEqual([b.id]);
    expect(await relation(a, b)).toMatchObject({ is_favourite: true });
    expect(await relation(b, a)).toMatchObject({ is_favourite: false });
    await unfollow(a, b.id);
    expect((await listFavourites(a, FIRST)).items).toEqual([]);
    await setFavourite(a, b.id, false);
  });

  it("are at most fifty", async () => {
    const me = await makeUser();
    for (let i = 0; i <= MAX_FAVOURITES; i++) {
      const one = await makeUser();
      await makeFollow(me, one);
      const error = await failure(setFavourite(me, one.id, true));
      expect(error?.status ?? null).toBe(i < MAX_FAVOURITES ? null : 422);
    }
  });
});

describe("a block and new accounts of the same person", () => {
  it("covers those made after it with the same mailbox or browser, and takes them along when it ends", async () => {
    const tag = `same${Date.now().toString(36)}`;
    const [me, them, bystander] = [await makeUser(), await makeUser({ email: `An.Na.${tag}@gmail.com` }), await makeUser()];
    const before = await makeUser({ email: `anna${tag}+old@googlemail.com` });
    await device(them, `${tag}-phone`);
    await device(before, `${tag}-phone`);
    await block(me, them.id);
    const byMail = await makeUser({ email: `anna${tag}+new@googlemail.com` });
    const byPhone = await makeUser();
    await device(byPhone, `${tag}-phone`);
    await device(bystander, `${tag}-other`);
    await makeFollow(byPhone, me);
    for (const one of [before, byMail, byPhone, bystander, me]) await blockSamePerson(one.id);
    for (const one of [byMail, byPhone]) await blockSamePerson(one.id);
    expect((await blocked(me)).sort()).toEqual([them.id, byMail.id, byPhone.id].sort());
    expect(await relation(byPhone, me)).toMatchObject({ following: false });
    // A third one, known only by what the second one used.
    await device(byMail, `${tag}-laptop`);
    const third = await makeUser();
    await device(third, `${tag}-laptop`);
    await blockSamePerson(third.id);
    expect(await blocked(me)).toContain(third.id);
    await unblock(me, them.id);
    expect(await blocked(me)).toEqual([]);
    for (const one of [byMail, byPhone, third]) await blockSamePerson(one.id);
    expect(await blocked(me)).toEqual([]);
  });

  it("does not when it was said so, nor after one of them was unblocked alone", async () => {
    const tag = `alone${Date.now().toString(36)}`;
    const [me, you, them] = [await makeUser(), await makeUser(), await makeUser({ email: `${tag}@example.org` })];
    await block(me, them.id, false);
    await block(you, them.id);
    const again = await makeUser({ email: `${tag}+x@example.org` });
    await blockSamePerson(again.id);
    expect([await blocked(me), (await blocked(you)).sort()]).toEqual([[them.id], [them.id, again.id].sort()]);
    await unblock(you, again.id);
    await blockSamePerson(again.id);
    expect(await blocked(you)).toEqual([them.id]);
    // Whom one blocks oneself stays blocked, whatever becomes of the other.
    await block(you, them.id);
    const more = await makeUser({ email: `${tag}+y@example.org` });
    await blockSamePerson(more.id);
    await block(you, more.id);
    await unblock(you, them.id);
    expect(await blocked(you)).toEqual([more.id]);
  });

  it("is asked when somebody signs up", async () => {
    const tag = `fresh${Date.now().toString(36)}`;
    const [me, them] = [await makeUser(), await makeUser({ email: `${tag}@example.org` })];
    await block(me, them.id);
    const made = await register({ username: tag, email: `${tag}+2@example.org`, password: "Sunlit-Harbour-42", full_name: "", bio: "" }, { address: "192.0.2.77", kind: "api", device: "" });
    await drainJobs(jobs);
    expect((await blocked(me)).sort()).toEqual([them.id, made.userId].sort());
  });
});
