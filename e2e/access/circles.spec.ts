import { type APIRequestContext, expect, test } from "@playwright/test";
import { Person, uniqueName } from "../fixtures/people";
import { expectAbsent, expectAnswers, isOnesOwn, rowsOfPost } from "./absent";
import { find } from "./find";
import { anyWorld, ROLES as MATRIX_ROLES, type World as MatrixWorld } from "./row";

/**
 * A post for a circle, on every page and endpoint that shows a post: who is in the circle sees it, whatever else there is between the two;
 * nobody else does, followers least of all. Beside it stands a post for everyone, so that only the circle makes the difference.
 */
const ROLES = ["owner", "member", "muter", "restricted", "stranger", "follower", "former", "outsider", "blocked", "signedOut"] as const;
type Role = (typeof ROLES)[number];
/** The stranger is in the circle, the outsider is nothing to the owner; the former was in it when the post came, and stands on its photo. */
const SEES: Record<Role, boolean> = { owner: true, member: true, muter: true, restricted: true, stranger: true, follower: false, former: false, outsider: false, blocked: false, signedOut: false };

type World = { callers: Record<Role, APIRequestContext>; owner: Person; people: Record<"member" | "muter" | "former", Person>; circle: string; commentId: string; post: Awaited<ReturnType<Person["post"]>>; marker: string; tag: string };

const posts: { name: string; path: (w: World) => string }[] = [
  { name: "post by id", path: (w) => `/api/posts/${w.post.id}` },
  { name: "post by shortcode", path: (w) => `/api/posts/${w.post.shortcode}` },
  { name: "likers", path: (w) => `/api/posts/${w.post.id}/likes` },
  { name: "comments", path: (w) => `/api/posts/${w.post.id}/comments` },
  ...["reactions", "share", "versions"].map((what) => ({ name: what, path: (w: World) => `/api/posts/${w.post.id}/${what}` })),
  { name: "page", path: (w) => `/p/${w.post.shortcode}` },
];

/** `sees`: without those of whom other wishes or chance decide. */
const lists: { name: string; path: (w: World) => string; sees: Partial<Record<Role, boolean>> }[] = [
  { name: "profile", path: (w) => `/${w.owner.username}`, sees: SEES },
  { name: "posts of a person", path: (w) => `/api/users/${w.owner.id}/posts`, sees: SEES },
  { name: "tag", path: (w) => `/api/tags/${w.tag}/posts`, sees: SEES },
  { name: "page of the tag", path: (w) => `/tags/${w.tag}`, sees: SEES },
  { name: "explore", path: () => "/api/explore?limit=100", sees: { owner: false, member: false, stranger: false, follower: false, former: false, outsider: false, signedOut: false } },
  // In feeds are those who follow and have not muted.
  { name: "feed", path: () => "/api/feed", sees: { owner: true, member: true, muter: false, restricted: true, stranger: false, follower: false, former: false, outsider: false, blocked: false, signedOut: false } },
  { name: "page of the feed", path: () => "/?feed=following", sees: { owner: true, member: true, muter: false, restricted: true, stranger: false, follower: false, former: false, outsider: false } },
  // Whether it is suggested to strangers is by chance, which depends on what else is liked.
  { name: "ranked feed", path: () => "/api/feed/algorithmic?limit=100", sees: { owner: true, member: true, muter: false, restricted: true, stranger: false, follower: false, former: false, outsider: false } },
];

/** Who is not answered at all: a blocked person finds no profile, a visitor has no feed. */
const WITHOUT: Record<string, Partial<Record<Role, number>>> = { profile: { blocked: 404 }, "posts of a person": { blocked: 404 }, feed: { signedOut: 401 } };

test.describe("a post for a circle", () => {
  let world: World;

  test.beforeAll(async ({ playwright }, info) => {
    test.setTimeout(120_000);
    const baseURL = info.project.use.baseURL!;
    const make = (stem: string) => Person.register(playwright, baseURL, stem);
    const [owner, member, muter, restricted, stranger] = [await make("owner"), await make("member"), await make("muter"), await make("restricted"), await make("stranger")];
    const [follower, former, outsider, blocked] = [await make("follower"), await make("former"), await make("outsider"), await make("blocked")];
    for (const one of [member, muter, restricted, follower, former, blocked]) await one.follow(owner);
    const circle = await owner.circle("Harbour", [member, muter, restricted, stranger, former, blocked]);
    await owner.block(blocked);
    await muter.expectOk(muter.api.post(`/api/users/${owner.id}/mute`));
    await owner.expectOk(owner.api.post(`/api/users/${restricted.id}/restrict`));
    const [marker, tag] = [uniqueName("marker"), uniqueName("tag")];
    await owner.post("For everyone");
    const post = await owner.post(`${marker} over the water #${tag}`, { circles: [circle] });
    const tags = [{ username: member.username, x: 0.2, y: 0.5 }, { username: former.username, x: 0.8, y: 0.5 }];
    await owner.expectOk(owner.api.patch(`/api/posts/${post.id}`, { data: { media: [{ id: post.media[0]!.id, tags }] } }));
    const { id: commentId } = await owner.expectOk(owner.api.post(`/api/posts/${post.id}/comments`, { data: { content: `${marker} comment` } }));
    const signedOut = await playwright.request.newContext({ baseURL });
    world = {
      callers: { owner: owner.api, member: member.api, muter: muter.api, restricted: restricted.api, stranger: stranger.api, follower: follower.api, former: former.api, outsider: outsider.api, blocked: blocked.api, signedOut },
      owner, people: { member, muter, former }, circle, commentId, post, marker, tag,
    };
    for (const one of [member, former]) await expect.poll(async () => (await one.expectOk(one.api.get("/api/feed"))).posts.length, { timeout: 15_000 }).toBe(2);
    await owner.expectOk(owner.api.delete(`/api/circles/${circle}/members/${former.id}`));
    await expect.poll(async () => (await owner.expectOk(owner.api.get(`/api/tags/${tag}/posts`))).posts.length, { timeout: 15_000 }).toBe(1);
  });

  for (const { name, path } of posts) {
    test(`is there for its members alone: ${name}`, async () => {
      for (const role of ROLES) {
        const answer = await world.callers[role].get(path(world));
        const body = await answer.text();
        expect.soft(answer.status(), role).toBe(SEES[role] ? 200 : 404);
        if (!SEES[role]) expect.soft(body, role).not.toContain(world.marker);
        if (role !== "owner") expect.soft(body, `${role} must not learn the circle's name`).not.toContain("Harbour");
      }
    });
  }

  for (const { name, path, sees } of lists) {
    test(`is for its members alone among: ${name}`, async () => {
      for (const [role, seen] of Object.entries(sees) as [Role, boolean][]) {
        const { status, has } = await find(world.callers[role], path(world), [world.marker, world.post.shortcode]);
        expect.soft(status, role).toBe(WITHOUT[name]?.[role] ?? 200);
        expect.soft(has, `${role} ${seen ? "should" : "must not"} find it`).toBe(seen);
      }
    });
  }

  test("is acted on by its members alone", async () => {
    test.setTimeout(90_000);
    const { callers: { member, follower, former, outsider, blocked, signedOut }, post, commentId, marker } = world;
    const known = { post, commentId, marker } as Partial<MatrixWorld>;
    const w = new Proxy(known as MatrixWorld, { get: (_, name) => known[name as keyof MatrixWorld] ?? anyWorld[name as keyof MatrixWorld] });
    const taken = rowsOfPost((key) => key in known);
    await expectAbsent({ follower, former, outsider, blocked, signedOut }, w, taken.filter(({ name }) => !isOnesOwn(name)));
    // As of a private account's post, which is not for everybody either.
    const statusOf = (row: (typeof taken)[number]) => (/ a tag that /.test(row.name) ? undefined : row.private[MATRIX_ROLES.indexOf("follower")]);
    await expectAnswers("member", member, w, taken, statusOf);
  });

  test("shows those on its photo who may still see it what they are asked, and lets all of them go", async () => {
    const { people: { member, former }, callers: { follower }, post } = world;
    const answers = async (caller: APIRequestContext) => {
      const path = `/api/posts/${post.id}/tag`;
      return [await caller.post(path, { data: {} }), await caller.delete(path), await caller.post(path, { data: { is_proposed: true } })].map((answer) => answer.status());
    };
    expect.soft(await answers(member.api)).toEqual([200, 204, 200]);
    expect.soft(await answers(former.api)).toEqual([404, 204, 404]);
    expect.soft(await answers(follower)).toEqual([404, 404, 404]);
  });

  test("counts for those who see it", async () => {
    for (const role of ROLES) {
      const answer = await world.callers[role].get(`/api/users/${world.owner.id}`);
      if (role === "blocked") expect.soft(answer.status()).toBe(404);
      else expect.soft((await answer.json()).post_count, role).toBe(SEES[role] ? 2 : 1);
    }
  });

  test("dies with its addresses when it is put away or somebody leaves the circle", async () => {
    test.setTimeout(90_000);
    const { owner, people: { member, muter }, circle, post } = world;
    const addressFor = async (person: Person) => {
      const seen = await person.expectOk(person.api.get(`/api/posts/${post.id}`));
      return seen.media[0].urls["640"] as string;
    };
    const [address, other] = [await addressFor(member), await addressFor(muter)];
    expect(await Promise.all([member.api.get(address), muter.api.get(other), muter.api.get(address), world.callers.signedOut.get(address)].map(async (answer) => (await answer).status()))).toEqual([200, 200, 404, 404]);
    expect((await world.callers.owner.get(address.split("?")[0]!)).status()).toBe(404);
    await owner.expectOk(owner.api.delete(`/api/circles/${circle}/members/${member.id}`));
    expect((await member.api.get(`/api/posts/${post.id}`)).status()).toBe(404);
    expect((await member.expectOk(member.api.get("/api/feed"))).posts).toHaveLength(1);
    await expect.poll(async () => (await member.api.get(address)).status(), { timeout: 60_000, intervals: [2_000] }).toBe(404);
    expect((await muter.api.get(other)).status()).toBe(200);
    await owner.expectOk(owner.api.patch(`/api/posts/${post.id}`, { data: { is_archived: true } }));
    expect((await muter.api.get(`/api/posts/${post.id}`)).status()).toBe(404);
    expect((await owner.api.get(`/api/posts/${post.id}`)).status()).toBe(200);
  });
});
