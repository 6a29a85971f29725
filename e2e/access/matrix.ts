import { expect, test } from "@playwright/test";
import { expectAbsent, expectAnswers, isOnesOwn, rowsOfPost } from "./absent";
import { ARCHIVED_LISTS, ARCHIVED_ROWS } from "./archived";
import { find } from "./find";
import { ask, EVERYBODY, type Kind, type Role, ROLES, type Row, STANDINGS, type World } from "./row";
import { lists, rows } from "./rows";
import { expectedOf, STANDING_LISTS, STANDING_ROWS } from "./standings";
import { makeWorld } from "./world";

const wordsOf = (w: World) => [w.marker, w.post.shortcode];

async function expectStatus(w: World, who: keyof World["callers"], row: Row, wanted: number) {
  const answer = await ask(w.callers[who], row, w);
  const body = await answer.text();
  expect.soft(answer.status(), `${who}: ${row.path(w)}\n${body.slice(0, 300)}`).toBe(wanted);
  if (wanted === 404) expect.soft(body, `${who} must not read it`).not.toContain(w.marker);
}

/** All rows and lists, for an owner whose account is such. */
export function matrix(kind: Kind): void {
  test.describe(`a ${kind} account`, () => {
    let world: World;
    const seesPosts = (role: Role) => (kind === "public" ? role !== "blocked" : role === "owner" || role === "follower");

    test.beforeAll(async ({ playwright }, info) => {
      test.setTimeout(120_000);
      world = await makeWorld(playwright, info.project.use.baseURL!, kind);
    });

    test("what others delete of one's own stays", async () => {
      const { callers: { owner, stranger, follower }, wordId, doomedDraftId, deviceId } = world;
      for (const [path, id] of [["/api/me/hidden-words", wordId], ["/api/drafts", doomedDraftId], ["/api/me/devices", deviceId]] as const) {
        for (const caller of [stranger, follower]) await caller.delete(`${path}/${id}`);
        expect.soft(await (await owner.get(path)).text(), path).toContain(`"${id}"`);
      }
    });

    for (const row of rows.filter(({ name }) => name in STANDING_ROWS)) {
      test(`for those who stand otherwise: ${row.name}`, async () => {
        for (const standing of STANDINGS) await expectStatus(world, standing, row, expectedOf(row, standing, kind));
      });
    }

    for (const row of rows.filter(({ once }) => !once || kind === "public")) {
      test(row.name, async () => {
        const order = row.ownerLast ? [...ROLES.slice(1), ROLES[0]] : ROLES;
        for (const role of order) await expectStatus(world, role, row, row[kind][ROLES.indexOf(role)]!);
      });
    }

    for (const list of lists) {
      test(`what is in: ${list.name}`, async () => {
        for (const [index, role] of ROLES.entries()) {
          const { status, has } = await find(world.callers[role], list.path(world), wordsOf(world));
          expect.soft(status, role).toBe((list.status ?? EVERYBODY)[index]);
          if (list[kind][index] !== null) expect.soft(has, `${role} ${list[kind][index] ? "should" : "must not"} find the post`).toBe(list[kind][index]);
        }
        for (const [standing, wanted] of Object.entries(STANDING_LISTS[list.name]?.[kind] ?? {})) {
          const { status, has } = await find(world.callers[standing as Role], list.path(world), wordsOf(world));
          expect.soft(status, standing).toBe(200);
          expect.soft(has, `${standing} ${wanted ? "should" : "must not"} find the post`).toBe(wanted);
        }
      });
    }

    test("a private profile tells its name, not its content", async () => {
      for (const role of ROLES) {
        const { status, has } = await find(world.callers[role], `/${world.owner.username}`, [world.post.shortcode]);
        expect.soft(status, `${role} on the profile page`).toBe(role === "blocked" ? 404 : 200);
        expect.soft(has, `${role} on the profile page`).toBe(seesPosts(role));
      }
    });

    test("people who block each other do not find each other", async () => {
      for (const role of ROLES) {
        const answer = await world.callers[role].get(`/api/search?type=users&q=${world.owner.username}`);
        expect.soft(answer.status(), role).toBe(200);
        const found = ((await answer.json()).users ?? []).some((user: { id: string }) => user.id === world.owner.id);
        expect.soft(found, `${role} searching`).toBe(role !== "blocked");
      }
    });

    test("events of a post", async () => {
      const topic = `post:${world.post.id}`;
      for (const role of ROLES) {
        const answer = await world.callers[role].get(`/api/stream?topics=${topic}&once=true`);
        expect.soft(answer.status(), role).toBe(role === "signedOut" ? 401 : 200);
        expect.soft((await answer.text()).includes(topic), `${role} ${seesPosts(role) ? "should" : "must not"} hear of the post`).toBe(role !== "signedOut" && seesPosts(role));
      }
    });

    test("a comment that waits is its writer's and the author's", async () => {
      for (const who of [...ROLES, ...STANDINGS]) {
        const answer = await world.callers[who].get(`/api/posts/${world.post.id}/comments?limit=100`);
        expect.soft(answer.status(), who).toBe(STANDINGS.some((one) => one === who) || seesPosts(who as Role) ? 200 : 404);
        expect.soft((await answer.text()).includes(`${world.marker} pending`), who).toBe(who === "owner" || who === "restricted");
      }
    });

    test("picture addresses", async () => {
      const address = new URL(world.post.media[0]!.urls["640"]!, "http://x");
      const bare = address.pathname;
      for (const role of ROLES) {
        const answer = await world.callers[role].get(bare);
        expect.soft(answer.status(), `${role}: ${bare} without a signature`).toBe(kind === "public" ? 200 : 404);
      }
      if (kind === "private") {
        expect(address.search, "a private picture's address is signed").not.toBe("");
        expect((await world.callers.owner.get(`${bare}${address.search}`)).status()).toBe(200);
        const forged = address.search.replace(/([&?]s=)(.)/, (_, name: string, first: string) => `${name}${first === "A" ? "B" : "A"}`);
        expect((await world.callers.owner.get(`${bare}${forged}`)).status()).toBe(404);
      }
    });

    // Nearly last: nobody looks for the owner any more.
    test("who does not want to be found is not on pages that search engines read", async () => {
      const { callers, owner, tag, placeId } = world;
      await owner.expectOk(owner.api.patch("/api/me/privacy", { data: { is_indexed: false } }));
      for (const path of [`/tags/${tag}`, `/places/${placeId}`]) {
        for (const role of ROLES) {
          const { status, has } = await find(callers[role], path, wordsOf(world));
          // A tag is there for everybody, a place for those who see a post at it.
          expect.soft(status, `${role} on ${path}`).toBe(path.startsWith("/tags/") || seesPosts(role) ? 200 : 404);
          expect.soft(has, `${role} on ${path}`).toBe(role !== "signedOut" && seesPosts(role));
        }
      }
    });

    // Last: the post is there no more.
    archived(kind, () => world);
  });
}

/** Who is asked in which world. */
const ASKED_OF_ARCHIVED = { public: ["follower", "stranger", "blocked", "collaborator", "tagged", "signedOut"], private: ["follower", "requester", "restricted", "muted", "muter"] } as const;

/** What was allowed is known for some seconds, and so is asked last. */
const REMEMBERED = "address of a photo at a width";

/** Put away, the post is its author's alone: for everybody else, whatever they had to do with it, it never was. */
function archived(kind: Kind, worldOf: () => World): void {
  test("an archived post is its author's alone", async () => {
    test.setTimeout(90_000);
    const world = worldOf();
    const { owner, follower, collaborator, signedOut } = world.callers;
    const counted = async () => Promise.all([world.owner.id, world.collaboratorId].map(async (id) => (await (await follower.get(`/api/users/${id}`)).json()).post_count as number));
    const before = await counted();
    for (const [path, data] of [["/api/me/privacy", { is_indexed: true }], [`/api/posts/${world.post.id}`, { is_archived: true }]] as const) await world.owner.expectOk(owner.patch(path, { data }));
    expect.soft(await counted()).toEqual(before.map((count) => count - 1));
    const taken = rowsOfPost();
    const asked = Object.fromEntries(ASKED_OF_ARCHIVED[kind].map((who) => [who, world.callers[who]]));
    await expectAbsent(asked, world, taken.filter(({ name }) => !isOnesOwn(name) && name !== REMEMBERED));
    const shelf = await (await follower.get(`/api/collections/${world.shelfId}`)).json();
    expect.soft([shelf.post_count, shelf.cover]).toEqual([0, null]);
    if (kind === "private") return;
    await expectAnswers("owner", owner, world, taken, ({ name, ownerLast, ...row }) => (ownerLast ? undefined : (ARCHIVED_ROWS[name] ?? row[kind][0])));
    for (const list of lists) {
      await Promise.all(Object.entries({ owner, follower, collaborator, signedOut }).map(async ([who, caller]) => {
        const { has } = await find(caller, list.path(world), [world.post.shortcode]);
        expect.soft(has, `${who}: ${list.name}`).toBe(who === "owner" && ARCHIVED_LISTS.has(list.name));
      }));
    }
    const page = await (await owner.get(`/p/${world.post.shortcode}`)).text();
    for (const word of ["og:", "twitter:", "oembed"]) expect.soft(page).not.toContain(word);
  });

  test("so are its photos' addresses", async () => {
    const world = worldOf();
    // Of two worlds one waits for what was remembered.
    const asked = ASKED_OF_ARCHIVED[kind].filter((who) => kind === "public" || who !== "follower").map((who) => world.callers[who]);
    const picture = new URL(world.post.media[0]!.urls["640"]!, "http://x").pathname;
    const address = rowsOfPost().find(({ name }) => name === REMEMBERED)!.path(world);
    await expect.poll(() => Promise.all(asked.flatMap((caller) => [picture, address].map(async (path) => (await caller.get(path)).status()))), { timeout: 40_000 }).toEqual(asked.flatMap(() => [404, 404]));
  });
}
