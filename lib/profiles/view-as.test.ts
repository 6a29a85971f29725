import { expect, it } from "vitest";
import { block } from "@/lib/graph/service";
import { listFollowers, listFollowing, listOwnPeopleAs } from "@/lib/graph/queries";
import { listOwnRepostsAs, listReposts } from "@/lib/interactions/repost-queries";
import { setRepost } from "@/lib/interactions/reposts";
import { A_FOLLOWER } from "@/lib/platform/visibility/visibility";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { editPost } from "@/lib/posts/edit";
import { getVisiblePost } from "@/lib/posts/queries";
import { editPostSchema } from "@/lib/posts/schemas";
import { listOwnTaggedAs, listTagged } from "@/lib/posts/tagged";
import { makeBlock, makeCircle, makeFollow, makePost, makeUser, type PostOptions } from "@/lib/testing/factories";
import { failure } from "@/lib/testing/failure";
import { updateProfile } from "./service";

type As = string | null | typeof A_FOLLOWER;
const all = { limit: 50, cursor: null };
const ids = (list: { id: string }[]) => list.map(({ id }) => id);

/** A post on which somebody stands. */
async function withPerson(author: Viewer, person: Viewer, options: PostOptions = {}): Promise<string> {
  const id = await makePost(author, options);
  const { media } = await getVisiblePost(author, id);
  await editPost(author, id, editPostSchema.parse({ media: media.map((item) => ({ id: item.id, tags: [{ username: person.username, x: 0.5, y: 0.5 }] })) }));
  return id;
}

it("the tabs of one's own profile have for an onlooker what they have for such a person, but for what others keep from them", async () => {
  const [owner, friend, fan, stranger, author] = [await makeUser(), await makeUser(), await makeUser(), await makeUser(), await makeUser()];
  for (const one of [fan, owner]) await makeFollow(one, author);
  await makeFollow(fan, owner);
  const [open, inner] = [await withPerson(owner, owner), await withPerson(owner, owner, { circles: [await makeCircle(owner, [friend])] })];
  const [others, narrow, theirs] = [await withPerson(author, owner), await withPerson(author, owner, { audience: "followers" }), await withPerson(author, owner, { circles: [await makeCircle(author, [owner, friend])] })];
  const [passedOn, lost] = [await makePost(author), await makePost(author)];
  for (const id of [passedOn, lost]) await setRepost(owner, id, "Look");
  await editPost(author, lost, editPostSchema.parse({ audience: "followers" }));

  const tagged = async (as: As) => ids((await listOwnTaggedAs(owner, as, all)).items);
  const reposts = async (as: As) => (await listOwnRepostsAs(owner, as, all)).items.map(({ id, is_liked, is_reposted }) => ({ id, is_liked, is_reposted }));
  expect(await tagged(null)).toEqual([others, open]);
  expect(await tagged(A_FOLLOWER)).toEqual([narrow, others, open]);
  expect(await tagged(friend.id)).toEqual([others, inner, open]);
  expect(ids((await listTagged(null, owner.id, all)).items)).toEqual(await tagged(null));
  expect(ids((await listTagged(fan, owner.id, all)).items)).toEqual(await tagged(A_FOLLOWER));
  expect(ids((await listTagged(friend, owner.id, all)).items)).toEqual([theirs, others, inner, open]);
  for (const as of [null, A_FOLLOWER, stranger.id, fan.id] as const) expect(await reposts(as)).toEqual([{ id: passedOn, is_liked: false, is_reposted: false }]);
  for (const viewer of [null, stranger]) expect(ids((await listReposts(viewer, owner.id, all)).items)).toEqual([passedOn]);

  // Whom the author blocks is the author's to know; what the owner does not see any more they do not see so either.
  await block(author, stranger.id);
  expect([await tagged(stranger.id), ids(await reposts(stranger.id) as { id: string }[])]).toEqual([[others, open], [passedOn]]);
  await block(author, owner.id);
  for (const as of [null, A_FOLLOWER, stranger.id] as const) expect([await tagged(as), await reposts(as)]).toEqual([[open], []]);
});

it("parts of them follow on each other", async () => {
  const [owner, author] = [await makeUser(), await makeUser()];
  const [first, second] = [await withPerson(author, owner), await withPerson(author, owner)];
  for (const id of [first, second]) await setRepost(owner, id, "");
  for (const list of [listOwnTaggedAs, listOwnRepostsAs]) {
    const { items, nextCursor } = await list(owner, null, { limit: 1, cursor: null });
    const rest = await list(owner, null, { limit: 1, cursor: nextCursor });
    expect([ids(items), ids(rest.items), rest.nextCursor]).toEqual([[second], [first], null]);
  }
});

it("a private account's tabs and lists are closed to strangers, and lists tell nothing of whom an onlooker knows or blocks", async () => {
  const [owner, follower, stranger, friend] = [await makeUser(), await makeUser(), await makeUser(), await makeUser()];
  await makeFollow(follower, owner);
  await makeFollow(friend, owner);
  await makeFollow(owner, friend);
  await makeFollow(stranger, follower);
  await makeBlock(stranger, friend);
  const people = async (as: As, side: "followers" | "following" = "followers") => (await listOwnPeopleAs(owner, as, side, all)).items;
  for (const as of [null, A_FOLLOWER, stranger.id] as const) expect([ids(await people(as)), ids(await people(as, "following"))]).toEqual([[friend.id, follower.id], [friend.id]]);
  expect([ids((await listFollowers(null, owner.id, all)).items), ids((await listFollowing(null, owner.id, all)).items)]).toEqual([[friend.id, follower.id], [friend.id]]);
  await updateProfile(owner, { is_private: true });
  for (const list of [listOwnTaggedAs, listOwnRepostsAs]) {
    for (const as of [null, stranger.id]) expect(await failure(list(owner, as, all))).toMatchObject({ status: 404 });
    for (const as of [A_FOLLOWER, follower.id] as const) expect((await list(owner, as, all)).items).toEqual([]);
  }
  for (const as of [null, stranger.id]) expect(await failure(people(as))).toMatchObject({ status: 404 });
  expect(ids(await people(follower.id))).toEqual([friend.id, follower.id]);
});
