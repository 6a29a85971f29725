import { type APIRequestContext, expect, test } from "@playwright/test";
import { Person, uniqueName } from "../fixtures/people";

/**
 * Who may see what, on every page and endpoint that shows a post, a profile or a list: an owner with a private and one
 * with a public account, and five who stand differently towards them. A new surface adds its row here.
 */
const ROLES = ["owner", "follower", "requester", "stranger", "blocked", "signedOut"] as const;
type Role = (typeof ROLES)[number];
type World = { callers: Record<Role, APIRequestContext>; owner: Person; post: Awaited<ReturnType<Person["post"]>>; commentId: string; marker: string; tag: string };

/** Statuses in the order of ROLES. */
type Row = { name: string; method?: "get" | "post" | "delete" | "put" | "patch"; path: (w: World) => string; data?: object; private: number[]; public: number[] };

const SEEN = { private: [200, 200, 404, 404, 404, 404], public: [200, 200, 200, 200, 404, 200] };
const ACTED = { private: [200, 200, 404, 404, 404, 401], public: [200, 200, 200, 200, 404, 401] };
const PROFILE = { private: [200, 200, 200, 200, 404, 200], public: [200, 200, 200, 200, 404, 200] };
const EVERYBODY = [200, 200, 200, 200, 200, 200];

const rows: Row[] = [
  { name: "post by id", path: (w) => `/api/posts/${w.post.id}`, ...SEEN },
  { name: "post by shortcode", path: (w) => `/api/posts/${w.post.shortcode}`, ...SEEN },
  { name: "likers", path: (w) => `/api/posts/${w.post.id}/likes`, ...SEEN },
  { name: "comments", path: (w) => `/api/posts/${w.post.id}/comments`, ...SEEN },
  { name: "replies", path: (w) => `/api/posts/${w.post.id}/comments?parent_id=${w.commentId}`, ...SEEN },
  { name: "posts of a person", path: (w) => `/api/users/${w.owner.id}/posts`, ...SEEN },
  { name: "posts of a person, founding path", path: (w) => `/api/posts/users/${w.owner.id}/posts`, ...SEEN },
  { name: "profile by id", path: (w) => `/api/users/${w.owner.id}`, ...PROFILE },
  { name: "profile by name", path: (w) => `/api/users/@${w.owner.username}`, ...PROFILE },
  { name: "followers", path: (w) => `/api/users/${w.owner.id}/followers`, ...SEEN },
  { name: "following", path: (w) => `/api/users/${w.owner.id}/following`, ...SEEN },
  { name: "like", method: "post", path: (w) => `/api/posts/${w.post.id}/like`, ...ACTED },
  { name: "unlike", method: "delete", path: (w) => `/api/posts/${w.post.id}/like`, ...ACTED },
  { name: "save", method: "post", path: (w) => `/api/posts/${w.post.id}/save`, ...ACTED },
  { name: "unsave", method: "delete", path: (w) => `/api/posts/${w.post.id}/save`, ...ACTED },
  { name: "like a comment", method: "post", path: (w) => `/api/comments/${w.commentId}/like`, ...ACTED },
  { name: "unlike a comment", method: "delete", path: (w) => `/api/comments/${w.commentId}/like`, ...ACTED },
  // What one sees but may not change is forbidden; what one does not see is not there.
  { name: "edit another's post", method: "patch", path: (w) => `/api/posts/${w.post.id}`, data: {}, private: [200, 403, 404, 404, 404, 401], public: [200, 403, 403, 403, 404, 401] },
  { name: "comment", method: "post", path: (w) => `/api/posts/${w.post.id}/comments`, data: { content: "Seen" }, private: [201, 201, 404, 404, 404, 401], public: [201, 201, 201, 201, 404, 401] },
  { name: "one's own upload only", method: "post", path: (w) => `/api/uploads/${w.post.media[0]!.id}/complete`, data: {}, private: [200, 404, 404, 404, 404, 401], public: [200, 404, 404, 404, 404, 401] },
  { name: "one's own photo's edit only", path: (w) => `/api/media/${w.post.media[0]!.id}/edit`, private: [200, 404, 404, 404, 404, 401], public: [200, 404, 404, 404, 404, 401] },
  { name: "one's own photo edited only", method: "put", path: (w) => `/api/media/${w.post.media[0]!.id}/edit`, data: { kind: "image" }, private: [200, 404, 404, 404, 404, 401], public: [200, 404, 404, 404, 404, 401] },
  { name: "the whole of one's own video only", method: "post", path: (w) => `/api/media/${w.post.media[0]!.id}/edit/source`, private: [200, 404, 404, 404, 404, 401], public: [200, 404, 404, 404, 404, 401] },
  { name: "one's own photo's receipt only", path: (w) => `/api/media/${w.post.media[0]!.id}/receipt`, private: [200, 404, 404, 404, 404, 401], public: [200, 404, 404, 404, 404, 401] },
  { name: "one's own file as it was brought only", path: (w) => `/api/media/${w.post.media[0]!.id}/original`, private: [200, 404, 404, 404, 404, 401], public: [200, 404, 404, 404, 404, 401] },
  // Its item is a photo, so that even its author finds no video there.
  { name: "subtitles of one's own video only", method: "put", path: (w) => `/api/media/${w.post.media[0]!.id}/captions/en`, data: { text: "WEBVTT\n\n00:01.000 --> 00:02.000\nx" }, private: [404, 404, 404, 404, 404, 401], public: [404, 404, 404, 404, 404, 401] },
  { name: "how far one's own upload has come", path: (w) => `/api/uploads/${w.post.media[0]!.id}`, private: [200, 404, 404, 404, 404, 401], public: [200, 404, 404, 404, 404, 401] },
  { name: "addresses for parts of one's own upload", method: "post", path: (w) => `/api/uploads/${w.post.media[0]!.id}/parts`, data: { parts: [{ number: 1 }] }, private: [409, 404, 404, 404, 404, 401], public: [409, 404, 404, 404, 404, 401] },
  { name: "give one's own upload up", method: "delete", path: (w) => `/api/uploads/${w.post.media[0]!.id}`, private: [409, 404, 404, 404, 404, 401], public: [409, 404, 404, 404, 404, 401] },
  { name: "not interested in a post", method: "post", path: (w) => `/api/posts/${w.post.id}/not-interested`, private: [422, 200, 404, 404, 404, 401], public: [422, 200, 200, 200, 404, 401] },
  // Taking back says nothing of what is there.
  { name: "interested again", method: "delete", path: (w) => `/api/posts/${w.post.id}/not-interested`, private: [200, 200, 200, 200, 200, 401], public: [200, 200, 200, 200, 200, 401] },
  { name: "fewer like a post", method: "post", path: (w) => `/api/posts/${w.post.id}/fewer`, private: [422, 200, 404, 404, 404, 401], public: [422, 200, 200, 200, 404, 401] },
  { name: "as many like a post as before", method: "delete", path: (w) => `/api/posts/${w.post.id}/fewer`, private: [200, 200, 200, 200, 200, 401], public: [200, 200, 200, 200, 200, 401] },
  { name: "snooze a person", method: "post", path: (w) => `/api/users/${w.owner.id}/snooze`, private: [422, 200, 200, 200, 404, 401], public: [422, 200, 200, 200, 404, 401] },
  { name: "wake a person", method: "delete", path: (w) => `/api/users/${w.owner.id}/snooze`, private: [422, 200, 200, 200, 200, 401], public: [422, 200, 200, 200, 200, 401] },
  { name: "page of the post", path: (w) => `/p/${w.post.shortcode}`, ...SEEN },
  { name: "page of the profile", path: (w) => `/${w.owner.username}`, ...PROFILE },
  { name: "page of the followers", path: (w) => `/${w.owner.username}/followers`, ...SEEN },
  { name: "page of the following", path: (w) => `/${w.owner.username}/following`, ...SEEN },
];

/** Surfaces that always answer; what counts is whether the post (its marker) is in the answer. In the order of ROLES. */
const lists: { name: string; path: (w: World) => string; /** null: by chance. */ private: (boolean | null)[]; public: (boolean | null)[]; status?: number[] }[] = [
  { name: "tag", path: (w) => `/api/tags/${w.tag}/posts`, private: [true, true, false, false, false, false], public: [true, true, true, true, false, true] },
  { name: "page of the tag", path: (w) => `/tags/${w.tag}`, private: [true, true, false, false, false, false], public: [true, true, true, true, false, true], status: [] },
  { name: "explore", path: () => "/api/explore?limit=100", private: [false, false, false, false, false, false], public: [false, false, true, true, false, true] },
  { name: "feed", path: () => "/api/feed", private: [true, true, false, false, false, false], public: [true, true, false, false, false, false], status: [200, 200, 200, 200, 200, 401] },
  // What strangers are suggested is drawn from what was popular some moments ago, and the page shows the first few only.
  { name: "ranked feed", path: () => "/api/feed/algorithmic?limit=100", private: [true, true, false, false, false, false], public: [true, true, null, null, false, false], status: [200, 200, 200, 200, 200, 401] },
  { name: "page of the ranked feed", path: () => "/?feed=for-you", private: [true, null, false, false, false, false], public: [true, null, null, null, false, false] },
  { name: "page of the feed", path: () => "/", private: [true, true, false, false, false, false], public: [true, true, false, false, false, false] },
  { name: "saved", path: () => "/api/saved", private: [false, false, false, false, false, false], public: [false, false, false, false, false, false], status: [200, 200, 200, 200, 200, 401] },
];

for (const kind of ["private", "public"] as const) {
  test.describe(`a ${kind} account`, () => {
    test.skip(({ isMobile }) => isMobile, "The same server answers phones.");
    let world: World;

    test.beforeAll(async ({ playwright }, info) => {
      test.setTimeout(120_000);
      const baseURL = info.project.use.baseURL!;
      const make = (stem: string, isPrivate = false) => Person.register(playwright, baseURL, stem, { isPrivate });
      const [owner, follower, requester, stranger, blocked] = [await make("owner", kind === "private"), await make("follower"), await make("requester"), await make("stranger"), await make("blocked")];
      await follower.follow(owner);
      if (kind === "private") {
        await owner.expectOk(owner.api.post(`/api/follow-requests/${follower.id}/accept`));
        await requester.follow(owner);
      }
      const marker = uniqueName("marker");
      const tag = uniqueName("tag");
      const post = await owner.post(`${marker} over the water #${tag}`);
      const comment = await owner.expectOk(owner.api.post(`/api/posts/${post.id}/comments`, { data: { content: `${marker} comment` } }));
      await owner.block(blocked);
      const signedOut = await playwright.request.newContext({ baseURL });
      world = {
        callers: { owner: owner.api, follower: follower.api, requester: requester.api, stranger: stranger.api, blocked: blocked.api, signedOut },
        owner, post, commentId: comment.id, marker, tag,
      };
      // Fan-out and hashtags are jobs.
      await expect.poll(async () => (await follower.expectOk(follower.api.get("/api/feed"))).posts.length, { timeout: 15_000 }).toBe(1);
      await expect.poll(async () => (await owner.expectOk(owner.api.get(`/api/tags/${tag}/posts`))).posts.length, { timeout: 15_000 }).toBe(1);
    });

    for (const row of rows) {
      test(row.name, async () => {
        for (const [index, role] of ROLES.entries()) {
          const answer = await world.callers[role].fetch(row.path(world), { method: (row.method ?? "get").toUpperCase(), data: row.data, maxRedirects: 0 });
          const body = await answer.text();
          expect.soft(answer.status(), `${role}: ${row.path(world)}\n${body.slice(0, 300)}`).toBe(row[kind][index]);
          if (row[kind][index] === 404) expect.soft(body, `${role} must not read it`).not.toContain(world.marker);
        }
      });
    }

    for (const list of lists) {
      test(`what is in: ${list.name}`, async () => {
        for (const [index, role] of ROLES.entries()) {
          const answer = await world.callers[role].get(list.path(world));
          const body = await answer.text();
          const status = list.status ?? EVERYBODY;
          if (status[index] !== undefined) expect.soft(answer.status(), `${role}: ${body.slice(0, 300)}`).toBe(status[index]);
          const has = body.includes(world.marker) || body.includes(world.post.shortcode);
          if (list[kind][index] !== null) expect.soft(has, `${role} ${list[kind][index] ? "should" : "must not"} find the post`).toBe(list[kind][index]);
        }
      });
    }

    test("a private profile tells its name, not its content", async () => {
      for (const role of ROLES) {
        const page = await (await world.callers[role].get(`/${world.owner.username}`)).text();
        const sees = kind === "public" ? role !== "blocked" : role === "owner" || role === "follower";
        expect.soft(page.includes(world.post.shortcode), `${role} on the profile page`).toBe(sees);
      }
    });

    test("people who block each other do not find each other", async () => {
      for (const role of ROLES) {
        const answer = await world.callers[role].get(`/api/search?type=users&q=${world.owner.username}`);
        const found = ((await answer.json()).users ?? []).some((user: { id: string }) => user.id === world.owner.id);
        expect.soft(found, `${role} searching`).toBe(role !== "blocked");
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

    test("nothing answers before it knows who asks", async () => {
      for (const path of ["/api/feed", "/api/saved", "/api/notifications", "/api/me", "/api/follow-requests"]) {
        expect.soft((await world.callers.signedOut.get(path)).status(), path).toBe(401);
      }
    });
  });
}
