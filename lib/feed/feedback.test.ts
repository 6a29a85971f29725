import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { callApi } from "@/lib/testing/api";
import { makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { ago, all, idsOf, likes, useRankedFeed } from "@/lib/testing/ranked-pages";
import { listFeedback, listSnoozed, setFeedback, setSnooze } from "./feedback";
import { forgetPool } from "./pool";
import { setPreferences } from "./preferences";
import { getHomeFeed } from "./queries";
import { recordSeen } from "./seen";

useRankedFeed();

const following = async (viewer: Viewer) => (await getHomeFeed(viewer, { limit: 100, cursor: null })).items.map((post) => post.id);

describe("what a reader says", () => {
  it("sinks what was seen, once, on any device", async () => {
    const [reader, a, b] = [await makeUser(), await makeUser(), await makeUser()];
    for (const author of [a, b]) await makeFollow(reader, author);
    const [first, second] = [await makePost(a, { at: ago(1) }), await makePost(b, { at: ago(2) })];
    const own = await makePost(reader);
    const mine = async () => (await idsOf(reader)).filter((id) => id === first || id === second);
    expect(await mine()).toEqual([first, second]);
    const hidden = await makePost(await makeUser({ isPrivate: true }));
    const old = await makePost(a, { at: ago(24 * 300) });
    expect(await recordSeen(reader, [first, first, own, hidden, old, "1", "9223372036854775807"])).toEqual([first]);
    expect(await recordSeen(reader, [first])).toEqual([]);
    expect(await mine()).toEqual([second, first]);
  });

  it("hides what does not interest, and snoozed people, from both orders, until it is taken back", async () => {
    const [reader, friend, stranger] = [await makeUser(), await makeUser(), await makeUser()];
    await makeFollow(reader, friend);
    const [one, two, strange] = [await makePost(friend), await makePost(friend), await makePost(stranger)];
    forgetPool();
    await setFeedback(reader, "not_interested", one, true);
    await setFeedback(reader, "not_interested", one, true);
    expect(await following(reader)).toEqual([two]);
    expect(await idsOf(reader)).not.toContain(one);
    expect((await listFeedback(reader, "not_interested")).map((post) => post.id)).toEqual([one]);
    await setFeedback(reader, "not_interested", one, false);
    expect(await following(reader)).toEqual([two, one]);
    for (const person of [friend, stranger]) expect(Date.parse((await setSnooze(reader, person.id, true))!)).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    expect(await following(reader)).toEqual([]);
    const shown = await idsOf(reader);
    expect([one, two, strange].filter((id) => shown.includes(id))).toEqual([]);
    expect((await listSnoozed(reader)).map(({ user }) => user.id).toSorted()).toEqual([friend.id, stranger.id].toSorted());
    // Nobody else's feed changes, and a month later it is over.
    const other = await makeUser();
    await makeFollow(other, friend);
    expect(await following(other)).toEqual([two, one]);
    await db().execute(sql`update feed_feedback set until = now() where user_id = ${reader.id}::bigint and subject_id = ${stranger.id}::bigint`);
    expect(await idsOf(reader)).toContain(strange);
    await setSnooze(reader, friend.id, false);
    expect(await following(reader)).toEqual([two, one]);
  });

  it("shows fewer like a post: by its author, and with its tags", async () => {
    const [reader, a, b, c] = [await makeUser(), await makeUser(), await makeUser(), await makeUser()];
    for (const author of [a, b, c]) await makeFollow(reader, author);
    const [unloved, ofA, tagged, plain] = [await makePost(a, { at: ago(9) }), await makePost(a, { at: ago(1) }), await makePost(b, { at: ago(1) }), await makePost(c, { at: ago(2) })];
    const [tag] = await db().execute<{ id: string }>(sql`insert into tags (name) values (${`cats${reader.id}`}) returning id`);
    await db().execute(sql`insert into post_tags (tag_id, post_id) select ${tag!.id}::bigint, unnest(array[${unloved}, ${tagged}]::bigint[])`);
    await setFeedback(reader, "fewer", unloved, true);
    const ranked = (await all(reader)).filter(({ post }) => [ofA, tagged, plain].includes(post.id));
    expect(ranked.map(({ post }) => post.id)).toEqual([plain, tagged, ofA]);
    expect(ranked[2]!.reason.terms.find((term) => term.name === "fewer")).toMatchObject({ value: -4, text: "You asked for fewer posts like this" });
    expect((await callApi("POST", `/api/posts/${await makePost(reader)}/fewer`, { as: reader })).status).toBe(422);
  });

  it("turns the order by its sliders at once", async () => {
    const [reader, friend, star] = [await makeUser(), await makeUser(), await makeUser()];
    await makeFollow(reader, friend);
    const [near, far] = [await makePost(friend, { at: ago(3) }), await makePost(star, { at: ago(3) })];
    await likes(far, 40);
    forgetPool();
    const order = async () => (await idsOf(reader)).filter((id) => id === near || id === far);
    await setPreferences(reader, { discovery: 0 });
    expect(await order()).toEqual([near, far]);
    expect(await setPreferences(reader, { discovery: 1 })).toEqual({ order: "following", discovery: 1, best: 0.5, video: 0.5 });
    expect(await order()).toEqual([far, near]);
  });
});
