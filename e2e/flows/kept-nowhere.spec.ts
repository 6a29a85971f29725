import { answered } from "../fixtures/problems";
import { expect, test } from "../fixtures/test";

test("what is not for everybody is kept by no cache on its way @desktop", async ({ make, request, baseURL }) => {
  test.setTimeout(90_000);
  const ada = await make("ada", { isPrivate: true });
  const bo = await make("bo");
  await bo.follow(ada);
  await ada.expectOk(ada.api.post(`/api/follow-requests/${bo.id}/accept`));
  const post = await ada.post("For followers only");
  const cookie = { cookie: `heliograph.session=${bo.token}` };
  for (const path of ["/", `/p/${post.shortcode}`, `/${ada.username}`, "/notifications", "/saved", "/settings/data"]) {
    const page = await request.get(path, { headers: cookie });
    expect([path, page.status()]).toEqual([path, 200]);
    expect(page.headers()["cache-control"], path).toMatch(/no-store/);
    expect(page.headers()["cache-control"], path).toMatch(/private/);
  }
  for (const path of ["/api/feed", "/api/me", `/api/posts/${post.id}`, `/api/users/${ada.id}/posts`, "/api/notifications", "/api/saved", "/api/collections", "/api/circles"]) {
    const answer = await bo.api.get(path);
    expect([path, answer.status(), answer.headers()["cache-control"]]).toEqual([path, 200, "private, no-store"]);
  }
  // Refused, and that is kept as little.
  const refused = await request.get(`/api/posts/${post.id}`);
  expect([refused.status(), refused.headers()["cache-control"]]).toEqual([404, "no-store"]);

  // Only the browser of whoever may see it keeps the photo, and asks again; once he may not, his copy is not called current.
  const seen = await bo.expectOk(bo.api.get(`/api/posts/${post.id}`));
  const address = new URL(seen.media[0].urls["320"], baseURL).href;
  const photo = await bo.api.get(address);
  expect([photo.status(), photo.headers()["cache-control"]]).toEqual([200, "private, max-age=3600"]);
  const again = { headers: { "if-none-match": photo.headers().etag! } };
  expect((await bo.api.get(address, again)).status()).toBe(304);
  await ada.expectOk(ada.api.delete(`/api/users/${bo.id}/follower`));
  await expect.poll(async () => (await bo.api.get(address, again)).status(), { timeout: 45_000, intervals: [2_000] }).toBe(404);
});

test("a page that very many look at is nobody's a moment after its author makes it private @desktop", async ({ make, baseURL, visit, problems }) => {
  problems.allow(answered(404));
  const ada = await make("ada");
  const post = await ada.post("Seen by a crowd");
  const pages: string[] = [];
  /** What visitors without a cookie are answered who come at the same time, often enough that one page is made for several of them. */
  const crowd = (path: string) =>
    Promise.all(Array.from({ length: 30 }, async () => {
      const answer = await fetch(new URL(path, baseURL), { headers: { accept: "text/html" } });
      const text = await answer.text();
      pages.push(/nonce="([^"]+)"/.exec(text)?.[1] ?? "");
      return `${answer.status} ${text.includes("Seen by a crowd")}`;
    }));
  const paths = [`/p/${post.shortcode}`, `/${ada.username}`];
  expect(new Set(await crowd(paths[0]!))).toEqual(new Set(["200 true"]));
  expect(new Set(pages).size, "pages made for thirty who came").toBeLessThan(30);
  await crowd(paths[1]!);
  await ada.expectOk(ada.api.patch("/api/me", { data: { is_private: true } }));
  // From a second later on it is nowhere, whoever comes and however many.
  await expect.poll(async () => new Set(await crowd(paths[0]!)), { timeout: 5_000 }).toEqual(new Set(["404 false"]));
  for (let i = 0; i < 3; i++) expect(new Set(await crowd(paths[0]!))).toEqual(new Set(["404 false"]));
  expect((await crowd(paths[1]!)).filter((answer) => answer.endsWith("true"))).toEqual([]);
  const stranger = await visit(null);
  expect((await stranger.goto(paths[0]!))!.status()).toBe(404);
});
