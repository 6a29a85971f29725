import { postBy, untilTold } from "../fixtures/screens";
import { expect, test } from "../fixtures/test";

test("among those who like a post the people one follows stand first", async ({ make, visit }) => {
  const [ada, bo, cy, dan] = [await make("ada"), await make("bo"), await make("cy"), await make("dan")];
  const post = await ada.post("Liked by many");
  await bo.follow(cy);
  // The one whom Bo follows is the first of three, and would stand last by time.
  for (const person of [cy, dan, ada]) await person.expectOk(person.api.post(`/api/posts/${post.id}/like`));
  const names = async (reader: typeof bo | null) => {
    const page = await visit(reader);
    await page.goto(`/p/${post.shortcode}`);
    await postBy(page, ada.username).getByRole("button", { name: "3 likes" }).click();
    const rows = page.getByRole("dialog").locator("[data-item]");
    await expect(rows).toHaveCount(3);
    return rows.evaluateAll((lines) => lines.map((line) => line.getAttribute("data-item")));
  };
  expect(await names(bo)).toEqual([cy.id, ada.id, dan.id]);
  expect(await names(dan)).toEqual([ada.id, dan.id, cy.id]);
  expect(await names(null)).toEqual([ada.id, dan.id, cy.id]);
});

test("somebody else's followers are searched, those one follows first", async ({ make, visit }) => {
  const ada = await make("ada");
  const fans = [await make("fanny", { fullName: "Fanny Reef" }), await make("fanta", { fullName: "Fanta Cove" }), await make("fane", { fullName: "Fane Bay" })];
  const cy = await make("cy", { fullName: "Cy Otherwise" });
  for (const person of [...fans, cy]) await person.follow(ada);
  const reader = await make("reader");
  await reader.follow(fans[0]!);
  const page = await visit(reader);
  await page.goto(`/${ada.username}`);
  await page.getByRole("link", { name: /4\s*followers/ }).click();
  await expect(page).toHaveURL(`/${ada.username}/followers`);
  const rows = page.locator("main [data-item]");
  const ids = () => rows.evaluateAll((lines) => lines.map((line) => line.getAttribute("data-item")));
  await expect(rows).toHaveCount(4);
  expect(await ids()).toEqual([fans[0]!, cy, fans[2]!, fans[1]!].map(({ id }) => id));
  await page.getByRole("searchbox", { name: "Search followers" }).fill("fan");
  await expect(rows).toHaveCount(3);
  expect((await ids())[0]).toBe(fans[0]!.id);
  await page.getByRole("searchbox", { name: "Search followers" }).fill("Otherwise");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText(cy.username);
  await page.getByRole("searchbox", { name: "Search followers" }).fill("zzz");
  await expect(page.getByText("Nobody called “zzz”")).toBeVisible();
});

test("a muted person's posts leave one's feed alone, and they do not learn of it", async ({ make, visit }) => {
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  await ada.follow(bo);
  await ada.follow(cy);
  await bo.post("From Bo");
  await cy.post("From Cy");
  await expect.poll(async () => (await ada.expectOk(ada.api.get("/api/feed"))).posts.length, { timeout: 15_000 }).toBe(2);
  const [page, bos] = [await visit(ada), await visit(bo)];
  await untilTold(bos, "follows you now");
  const told = async () => (await bo.expectOk(bo.api.get("/api/notifications"))).notifications.map((one: { kind: string }) => one.kind);
  const seenByBo = await bo.expectOk(bo.api.get(`/api/users/${ada.id}`));

  await page.goto(`/${bo.username}`);
  await page.getByRole("button", { name: "More options" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Mute posts" }).click();
  await expect(page.getByText(`You will not see ${bo.username}’s posts in your feed`)).toBeVisible();
  await page.goto("/");
  await expect(postBy(page, cy.username)).toBeVisible();
  await expect(postBy(page, bo.username)).toHaveCount(0);
  // Where one looks for them they are.
  await page.goto(`/${bo.username}`);
  await expect(page.locator("main").getByRole("link", { name: /Post by/ })).toHaveCount(1);
  await expect(page.getByRole("button", { name: "Following", exact: true })).toBeVisible();

  expect(await told()).toEqual(["follow"]);
  const { viewer } = await bo.expectOk(bo.api.get(`/api/users/${ada.id}`));
  expect(viewer).toEqual(seenByBo.viewer);
  await bos.goto(`/${ada.username}`);
  await expect(bos.getByText(/mute/i)).toHaveCount(0);

  await page.goto("/settings/privacy");
  await page.getByRole("list", { name: "Muted people" }).getByRole("listitem").filter({ hasText: bo.username }).getByRole("button", { name: "Unmute" }).click();
  await expect(page.getByText(`${bo.username} is no longer muted`)).toBeVisible();
  await page.goto("/");
  await expect(postBy(page, bo.username)).toBeVisible();
});

test("whoever is reported hears nothing of it", async ({ make, visit }) => {
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  const post = await bo.post("Loud");
  const calm = await cy.post("Calm");
  const comment = await bo.expectOk(bo.api.post(`/api/posts/${calm.id}/comments`, { data: { content: "Rude" } }));
  // What he is told of what comes after them shows that the reports had been gone through.
  const page = await visit(ada);
  for (const [subject, id] of [["post", post.id], ["comment", comment.id], ["user", bo.id]]) {
    await ada.expectOk(ada.api.post("/api/reports", { data: { subject, id, reason: "harassment", note: "Enough of it" } }));
  }
  await page.goto(`/p/${post.shortcode}`);
  await postBy(page, bo.username).getByRole("button", { name: "Like", exact: true }).click();
  const bos = await visit(bo);
  await untilTold(bos, "liked your post");
  expect((await bo.expectOk(bo.api.get("/api/notifications"))).notifications.map((one: { kind: string }) => one.kind)).toEqual(["like"]);
  await expect(bos.getByText(/report/i)).toHaveCount(0);
  for (const path of [`/p/${post.shortcode}`, `/${bo.username}`]) {
    await bos.goto(path);
    await expect(bos.locator("main")).toBeVisible();
    await expect(bos.getByText(/reported|Enough of it/i)).toHaveCount(0);
  }
});
