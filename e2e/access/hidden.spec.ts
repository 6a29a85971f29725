import { type APIRequestContext, expect, test } from "@playwright/test";
import { PASSWORD, Person, uniqueName } from "../fixtures/people";
import { find } from "./find";

type Post = Awaited<ReturnType<Person["post"]>>;

/** All that shows somebody, or a post of theirs with a comment. */
const surfacesOf = (owner: Person, post: Post, commentId: string) => [
  ...["", "/likes", "/comments", `/comments?parent_id=${commentId}`, "/reactions", "/reactions/🔥", "/share", "/versions"].map((part) => `/api/posts/${post.id}${part}`),
  ...["", "/posts", "/followers", "/following", "/pinned", "/tagged", "/reposts"].map((part) => `/api/users/${owner.id}${part}`),
  ...["", "/followers", "/following", "/tagged", "/reposts"].map((part) => `/${owner.username}${part}`),
  `/api/users/@${owner.username}`, `/api/comments/${commentId}`, `/api/comments/${commentId}/likes`, `/p/${post.shortcode}`, `/p/${post.shortcode}/embed`, `/api/oembed?url=${encodeURIComponent(post.url)}`,
];

const actsOn = (owner: Person, postId: string, commentId: string): [method: string, path: string, data?: object][] => [
  ...["like", "save", "share", "not-interested", "fewer"].map((what): [string, string] => ["POST", `/api/posts/${postId}/${what}`]),
  ["PUT", `/api/posts/${postId}/reactions/🔥`], ["PUT", `/api/posts/${postId}/repost`, {}], ["POST", `/api/posts/${postId}/comments`, { content: "Seen" }], ["POST", `/api/comments/${commentId}/like`],
  ...["follow", "mute", "restrict", "snooze", "favourite"].map((what): [string, string, object] => ["POST", `/api/users/${owner.id}/${what}`, {}]),
  ["POST", "/api/collections", { name: "Hidden", post_id: postId }],
  ...([["post", postId], ["comment", commentId], ["user", owner.id]] as const).map(([subject, id]): [string, string, object] => ["POST", "/api/reports", { subject, id, reason: "spam" }]),
];

type Callers = Record<"follower" | "stranger", Person>;

/** Lists that hold the post, or somebody, and whose they are. What is explored is not yet followed. */
const listsWith = (owner: Person, { follower, stranger }: Callers, tag: string): [caller: APIRequestContext, path: string][] => [
  [stranger.api, "/api/explore?limit=100"],
  ...["/api/feed", "/api/feed/algorithmic?limit=100", "/api/saved", "/api/notifications", `/api/tags/${tag}/posts`, `/tags/${tag}`, `/api/search?type=users&q=${owner.username}`].map((path): [APIRequestContext, string] => [follower.api, path]),
  ...["following", "tagged", "posts", "reposts"].map((what): [APIRequestContext, string] => [follower.api, `/api/users/${follower.id}/${what}`]),
];

/** The follower stands on the photo, shares the post with its author, saved it, and passed it on. */
async function bring(owner: Person, follower: Person, postId: string): Promise<void> {
  const { media } = await owner.expectOk(owner.api.get(`/api/posts/${postId}`));
  const data = { media: [{ id: media[0].id, tags: [{ username: follower.username, x: 0.5, y: 0.5 }] }], collaborators: [follower.username] };
  await owner.expectOk(owner.api.patch(`/api/posts/${postId}`, { data }));
  await follower.expectOk(follower.api.post(`/api/posts/${postId}/tag`, { data: {} }));
  await follower.expectOk(follower.api.post(`/api/posts/${postId}/collaboration`));
  await follower.expectOk(follower.api.put(`/api/posts/${postId}/repost`, { data: {} }));
  await follower.expectOk(follower.api.post(`/api/posts/${postId}/save`));
}

test.describe("an account that is hidden", () => {
  for (const how of ["deactivated", "deleted"] as const) {
    test(`is nowhere while it is ${how}, and there again afterwards`, async ({ playwright }, info) => {
      test.setTimeout(180_000);
      const baseURL = info.project.use.baseURL!;
      const make = (stem: string) => Person.register(playwright, baseURL, stem);
      const [owner, follower, stranger] = [await make(how), await make("follower"), await make("stranger")];
      const signedOut = await playwright.request.newContext({ baseURL });
      await follower.follow(owner);
      const tag = uniqueName("tag");
      const post = await owner.post(`${uniqueName("marker")} #${tag}`);
      const comment = await follower.expectOk(follower.api.post(`/api/posts/${post.id}/comments`, { data: { content: "Seen" } }));
      await bring(owner, follower, post.id);
      const picture = new URL(post.media[0]!.urls["640"]!, "http://x").pathname;
      const paths = surfacesOf(owner, post, comment.id);
      const expectAll = async (status: number) => {
        for (const caller of [follower.api, signedOut]) for (const path of paths) expect.soft((await caller.get(path)).status(), path).toBe(status);
      };
      const lists = listsWith(owner, { follower, stranger }, tag);
      const words = [owner.username, post.shortcode];
      const expectInAll = async () => {
        for (const [caller, path] of lists) await expect.poll(() => find(caller, path, words), { message: path, timeout: 20_000 }).toEqual({ status: 200, has: true });
      };
      await expectAll(200);
      await expectInAll();
      expect((await follower.api.get(picture)).status()).toBe(200);
      const data = { password: PASSWORD };
      expect((await (how === "deleted" ? owner.api.delete("/api/me", { data }) : owner.api.post("/api/me/deactivate", { data }))).ok()).toBe(true);
      await expectAll(404);
      for (const [method, path, data] of actsOn(owner, post.id, comment.id)) expect.soft((await follower.api.fetch(path, { method, data })).status(), `${method} ${path}`).toBe(404);
      expect.soft((await owner.api.get("/api/me")).status()).toBe(401);
      for (const [caller, path] of lists) expect.soft(await find(caller, path, words), path).toEqual({ status: 200, has: false });
      // What was allowed is known for some seconds.
      await expect.poll(async () => (await follower.api.get(picture)).status(), { timeout: 40_000 }).toBe(404);
      const answer = await signedOut.post("/api/auth/login", { data: { login: owner.username, ...data } });
      if (how === "deleted") {
        expect(answer.status()).toBe(403);
        const { error } = await answer.json();
        expect(error.code).toBe("account_deleted");
        await expectAll(404);
        expect((await signedOut.post("/api/auth/return", { data: { challenge: error.challenge } })).status()).toBe(200);
      } else expect(answer.status()).toBe(200);
      await expectAll(200);
      await expect.poll(async () => (await signedOut.get(picture)).status()).toBe(200);
      await expectInAll();
    });
  }
});
