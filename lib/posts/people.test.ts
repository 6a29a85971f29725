import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { block } from "@/lib/graph/service";
import { registry } from "@/lib/jobs";
import { listNotifications } from "@/lib/notifications/queries";
import { forgetLimits } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { makeFollow, makePost, makeUpload, makeUser } from "@/lib/testing/factories";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { settleReplacement } from "./items";
import { getVisiblePost } from "./queries";
import { editPostSchema } from "./schemas";
import { acceptTag, editPost, removeTag, reopenTag } from "./service";
import { listTagged } from "./tagged";

beforeAll(() => installJobs(registry));
beforeEach(forgetLimits);

const all = { limit: 50, cursor: null };
const ids = (posts: { id: string }[]) => posts.map((post) => post.id);
const wish = (user: Viewer, columns: string) => db().execute(sql`insert into privacy_settings (user_id, ${sql.raw(columns.replaceAll(/ = [^,]+/g, ""))}) values (${user.id}::bigint, ${sql.raw(columns.replaceAll(/\w+ = /g, ""))})`);
const kinds = async (viewer: Viewer) => (await listNotifications(viewer, all)).items.map((item) => item.kind);

async function tag(author: Viewer, postId: string, people: { username: string; x: number; y: number }[]) {
  const { media } = await getVisiblePost(author, postId);
  return editPost(author, postId, editPostSchema.parse({ media: media.map(({ id }, at) => ({ id, ...(at === 0 ? { tags: people } : {}) })) }));
}

/** Bob, who wants to be asked, is asked whether he stands on Ada's photo. */
async function proposed() {
  const [ada, bob, eve] = [await makeUser(), await makeUser(), await makeUser()];
  await wish(bob, "approves_tags = true");
  const id = await makePost(ada);
  await tag(ada, id, [{ username: bob.username, x: 0.5, y: 0.5 }]);
  await drainJobs(registry);
  return { ada, bob, eve, id };
}

const invite = (author: Viewer, postId: string, ...people: Viewer[]) => editPost(author, postId, editPostSchema.parse({ collaborators: people.map((one) => one.username) }));

describe("people on photos", () => {
  it("stand where they were put, move, and are told once", async () => {
    const [ada, bob, eve] = [await makeUser(), await makeUser(), await makeUser()];
    const id = await makePost(ada);
    expect((await tag(ada, id, [{ username: `@${bob.username}`, x: 0.25, y: 0.75 }])).media[0]!.tags).toEqual([{ username: bob.username, full_name: bob.fullName, x: 0.25, y: 0.75 }]);
    await tag(ada, id, [{ username: bob.username, x: 0.5, y: 0.5 }]);
    await drainJobs(registry);
    for (const viewer of [eve, null]) expect((await getVisiblePost(viewer, id)).media[0]!.tags).toMatchObject([{ x: 0.5, y: 0.5 }]);
    expect(await kinds(bob)).toEqual(["tag"]);
    expect(ids((await listTagged(eve, bob.id, all)).items)).toEqual([id]);
    await tag(ada, id, []);
    await drainJobs(registry);
    expect([(await listTagged(eve, bob.id, all)).items, await kinds(bob), (await getVisiblePost(eve, id)).media[0]!.tags]).toEqual([[], [], []]);
  });

  it("are asked first when they wish so; nobody else sees the proposal", async () => {
    const { ada, bob, eve, id } = await proposed();
    for (const viewer of [ada, bob]) expect((await getVisiblePost(viewer, id)).media[0]!.tags).toMatchObject([{ is_proposed: true }]);
    for (const viewer of [eve, null]) expect((await getVisiblePost(viewer, id)).media[0]!.tags).toEqual([]);
    expect([await kinds(bob), (await listTagged(ada, bob.id, all)).items]).toEqual([["tag_request"], []]);
    await expect(acceptTag(eve, id)).rejects.toMatchObject({ code: "not_found" });
    for (let i = 0; i < 2; i++) await acceptTag(bob, id);
    await drainJobs(registry);
    expect([await kinds(bob), ids((await listTagged(null, bob.id, all)).items)]).toEqual([["tag"], [id]]);
    await acceptTag(bob, id, false);
    expect([(await listTagged(null, bob.id, all)).items, (await getVisiblePost(null, id)).media[0]!.tags.length]).toEqual([[], 1]);
  });

  it("may take their declining back: they are asked again, and nobody else is told", async () => {
    const { ada, bob, eve, id } = await proposed();
    await removeTag(bob, id);
    await drainJobs(registry);
    expect([await kinds(bob), (await getVisiblePost(bob, id)).media[0]!.tags]).toEqual([[], []]);
    await expect(reopenTag(eve, id)).rejects.toMatchObject({ code: "not_found" });
    for (let i = 0; i < 2; i++) await reopenTag(bob, id);
    await drainJobs(registry);
    for (const viewer of [ada, bob]) expect((await getVisiblePost(viewer, id)).media[0]!.tags).toMatchObject([{ is_proposed: true }]);
    expect([(await getVisiblePost(eve, id)).media[0]!.tags, await kinds(bob), await kinds(ada)]).toEqual([[], ["tag_request"], []]);
    // What was agreed to is no question any more.
    await acceptTag(bob, id);
    expect((await reopenTag(bob, id)).media[0]!.tags).toMatchObject([{ username: bob.username }]);
    expect((await getVisiblePost(eve, id)).media[0]!.tags).toHaveLength(1);
    await removeTag(bob, id);
    await block(ada, bob.id);
    await expect(reopenTag(bob, id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("take themselves off for good, and may change their mind themselves", async () => {
    const [ada, bob] = [await makeUser(), await makeUser()];
    const id = await makePost(ada);
    const put = () => tag(ada, id, [{ username: bob.username, x: 0.1, y: 0.1 }]);
    await put();
    for (let i = 0; i < 2; i++) await removeTag(bob, id);
    expect((await getVisiblePost(ada, id)).media[0]!.tags).toEqual([]);
    await expect(put()).rejects.toMatchObject({ fields: { "media.0.tags.0.username": expect.any(String) } });
    expect((await acceptTag(bob, id)).media[0]!.tags).toMatchObject([{ username: bob.username, is_viewer: true }]);
  });

  it("decide who may tag them; strangers to a private author, the blocked and the unknown look the same", async () => {
    const [ada, secret] = [await makeUser(), await makeUser({ isPrivate: true })];
    const [followed, nobody, blocker, fan] = [await makeUser(), await makeUser(), await makeUser(), await makeUser()];
    await wish(followed, "tags_from = 'followed'");
    await wish(nobody, "tags_from = 'nobody'");
    await wish(fan, "tags_from = 'followers'");
    await block(blocker, ada.id);
    const id = await makePost(ada);
    const refused = async (author: Viewer, postId: string, username: string) => (await tag(author, postId, [{ username, x: 0, y: 1 }]).catch((error: { message: string }) => error.message.replace(username, "X"))) as string;
    const answers = new Set([await refused(ada, id, followed.username), await refused(ada, id, nobody.username), await refused(ada, id, blocker.username), await refused(ada, id, fan.username), await refused(ada, id, "nobodyatall"), await refused(secret, await makePost(secret), ada.username)]);
    expect([...answers]).toEqual(["@X can’t be tagged by you."]);
    await makeFollow(followed, ada);
    await makeFollow(ada, fan);
    expect((await tag(ada, id, [followed, fan].map(({ username }) => ({ username, x: 0, y: 1 })))).media[0]!.tags).toHaveLength(2);
    // Who stands there stays, whatever they allow by now; but not across a block.
    await db().execute(sql`update privacy_settings set tags_from = 'nobody' where user_id = ${fan.id}::bigint`);
    await tag(ada, id, [followed, fan].map(({ username }) => ({ username, x: 0.5, y: 1 })));
    await block(followed, ada.id);
    expect((await getVisiblePost(ada, id)).media[0]!.tags).toMatchObject([{ username: fan.username }]);
    await drainJobs(registry);
    const standing = () => db().execute(sql`select 1 from photo_tags where user_id = ${followed.id}::bigint and state <> 'removed'`).then((rows) => rows.length);
    expect(await standing()).toBe(0);
    // Nor does one who sees the post no more put themselves there again.
    await expect(acceptTag(followed, id)).rejects.toMatchObject({ code: "not_found" });
    expect(await standing()).toBe(0);
  });

  it("stay when the author edits while they are away, and on the photo that takes the place of theirs", async () => {
    const [ada, bob, cy] = [await makeUser(), await makeUser(), await makeUser()];
    const id = await makePost(ada);
    await tag(ada, id, [bob, cy].map(({ username }) => ({ username, x: 0.5, y: 0.5 })));
    await invite(ada, id, bob);
    const rest = (isAway: boolean) => db().execute(sql`update users set deactivated_at = ${isAway ? sql`now()` : sql`null`} where id = ${bob.id}::bigint`);
    const named = async () => (await getVisiblePost(ada, id)).media[0]!.tags.map(({ username }) => username);
    await rest(true);
    await tag(ada, id, []);
    await invite(ada, id);
    expect(await named()).toEqual([]);
    await rest(false);
    expect([await named(), (await getVisiblePost(ada, id)).collaborators.length]).toEqual([[bob.username], 1]);
    const [old, fresh] = [(await getVisiblePost(ada, id)).media[0]!.id, await makeUpload(ada)];
    await removeTag(bob, id);
    await tag(ada, id, [{ username: cy.username, x: 0.5, y: 0.5 }]);
    await editPost(ada, id, editPostSchema.parse({ media: [{ id: fresh, replaces: old }] }));
    await db().execute(sql`update media set state = 'ready', ready_at = now(), variants = (select variants from media where id = ${old}::bigint) where id = ${fresh}::bigint`);
    await settleReplacement(fresh);
    expect([(await getVisiblePost(ada, id)).media[0]!.id, await named()]).toEqual([fresh, [cy.username]]);
    await expect(tag(ada, id, [{ username: bob.username, x: 0, y: 0 }])).rejects.toMatchObject({ code: "invalid" });
  });

  it("of private accounts, and in posts one may not see, are nobody's business", async () => {
    const [ada, bob, eve] = [await makeUser(), await makeUser(), await makeUser()];
    await makeFollow(bob, ada);
    const [open, narrow] = [await makePost(ada), await makePost(ada, { audience: "followers" })];
    for (const id of [open, narrow]) await tag(ada, id, [{ username: bob.username, x: 0, y: 0 }]);
    expect([ids((await listTagged(bob, bob.id, all)).items), ids((await listTagged(eve, bob.id, all)).items)]).toEqual([[narrow, open], [open]]);
    expect(ids((await listTagged(bob, bob.id, { limit: 1, cursor: (await listTagged(bob, bob.id, { limit: 1, cursor: null })).nextCursor })).items)).toEqual([open]);
    await db().execute(sql`update users set is_private = true where id = ${bob.id}::bigint`);
    await expect(listTagged(eve, bob.id, all)).rejects.toMatchObject({ code: "not_found" });
  });
});
