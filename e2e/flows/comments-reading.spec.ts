import type { Page } from "@playwright/test";
import type { Person } from "../fixtures/people";
import { answered } from "../fixtures/problems";
import { expect, test } from "../fixtures/test";

const comments = (page: Page) => page.getByRole("region", { name: "Comments" });
/** The comment that says exactly this, and not one whose reply does. */
const line = (page: Page, text: string) => comments(page).getByRole("listitem").filter({ has: page.getByText(text, { exact: true }) }).last();

async function option(page: Page, text: string, item: string) {
  await line(page, text).getByRole("button", { name: /^Options for the comment/ }).first().click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

async function say(who: Person, postId: string, content: string, parent_id?: string): Promise<string> {
  return (await who.expectOk(who.api.post(`/api/posts/${postId}/comments`, { data: { content, parent_id } }))).id;
}

test("a long conversation is read in another order, to its end, and into its replies", async ({ make, visit }) => {
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  const post = await ada.post("Forty voices");
  const first = await say(bo, post.id, "The very first word");
  for (let i = 0; i < 3; i++) await say(cy, post.id, `Answer ${i}`, first);
  for (let i = 0; i < 26; i++) await say(cy, post.id, `Remark ${i}`);
  // Liked, it counts as younger than what came after it.
  for (const person of [ada, cy]) await person.expectOk(person.api.post(`/api/comments/${first}/like`));

  const page = await visit(ada);
  await page.goto(`/p/${post.shortcode}`);
  const top = comments(page).locator("> ul > li").first();
  await expect(top.getByText("The very first word")).toBeVisible();
  await comments(page).getByRole("button", { name: "Comments shown: Most relevant" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Newest first" }).click();
  await expect(top.getByText("Remark 25", { exact: true })).toBeVisible();
  await expect(comments(page).getByText("The very first word")).toHaveCount(0);
  // What is new comes by itself; what others do further down stays there.
  await bo.expectOk(bo.api.post(`/api/comments/${first}/like`));
  await say(bo, post.id, "One more answer", first);
  await say(bo, post.id, "Said just now");
  await expect(top.getByText("Said just now")).toBeVisible();
  await expect(comments(page).getByText("The very first word")).toHaveCount(0);
  // What goes and is brought back has its place again.
  const inTheMiddle = (await cy.expectOk(cy.api.get(`/api/posts/${post.id}/comments?sort=newest&limit=20`))).comments.find(({ content }: { content: string }) => content === "Remark 15");
  await cy.expectOk(cy.api.delete(`/api/comments/${inTheMiddle.id}`));
  await expect(comments(page).getByText("Remark 15", { exact: true })).toHaveCount(0);
  await cy.expectOk(cy.api.post(`/api/comments/${inTheMiddle.id}/restore`));
  await expect(comments(page).getByText(/^Remark 1[456]$/)).toHaveText(["Remark 16", "Remark 15", "Remark 14"]);

  await comments(page).getByRole("button", { name: "More comments" }).click();
  await expect(line(page, "The very first word")).toBeVisible();
  await expect(comments(page).getByRole("button", { name: "More comments" })).toHaveCount(0);
  await expect(comments(page).locator("> ul > li")).toHaveCount(28);
  await expect(comments(page).locator("> ul > li").last()).toContainText("The very first word");

  await comments(page).getByRole("button", { name: "View 4 replies" }).click();
  await expect(comments(page).getByText(/answer( \d)?$/i)).toHaveText(["Answer 0", "Answer 1", "Answer 2", "One more answer"]);
  await expect(comments(page).getByRole("button", { name: /^View/ })).toHaveCount(0);
});

test("a comment's copied link leads somebody else to it, however far down it stands", async ({ make, visit }) => {
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  const post = await ada.post("Where to look");
  for (let i = 0; i < 30; i++) await say(cy, post.id, `Remark ${i}`);
  const bos = await visit(bo, { permissions: ["clipboard-read", "clipboard-write"] });
  await bos.goto(`/p/${post.shortcode}`);
  await comments(bos).getByRole("button", { name: "More comments" }).click();
  await option(bos, "Remark 2", "Copy link");
  await expect(bos.getByText("Link copied")).toBeVisible();
  const link = await bos.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(new RegExp(`/p/${post.shortcode}\\?comment=\\d+$`));

  const adas = await visit(ada);
  await adas.goto(link);
  await expect(line(adas, "Remark 2")).toBeInViewport();
  await expect(line(adas, "Remark 2")).toBeFocused();
  await expect(line(adas, "Remark 2")).toHaveAttribute("aria-current", "true");
  // What stood before it is not fetched for its sake.
  await expect(comments(adas).getByText("Remark 5", { exact: true })).toHaveCount(0);
  // A visitor who is not signed in follows it, too.
  const stranger = await visit(null);
  await stranger.goto(link);
  await expect(line(stranger, "Remark 2")).toBeInViewport();
});

test("a link to a comment with a word that its reader hides says so, and shows it when they ask", async ({ make, visit }) => {
  const [ada, bo] = [await make("ada"), await make("bo")];
  const post = await ada.post("How it goes on");
  const ending = await say(ada, post.id, "The spoiler itself");
  const reply = await say(ada, post.id, "And one more spoiler", ending);
  const answer = await say(ada, post.id, "A spoiler below it", await say(ada, post.id, "Something else"));
  await bo.expectOk(bo.api.post("/api/me/hidden-words", { data: { phrase: "spoiler", scopes: ["comments"] } }));
  const page = await visit(bo);
  const hidden = comments(page).getByRole("group", { name: "Hidden comment" });
  for (const [id, text] of [[ending, "The spoiler itself"], [reply, "And one more spoiler"], [answer, "A spoiler below it"]] as const) {
    await page.goto(`/p/${post.shortcode}?comment=${id}`);
    await expect(hidden).toContainText("hidden because of a word in your list");
    await expect(comments(page).getByText("Something else")).toBeVisible();
    await expect(comments(page).getByText(/spoiler/)).toHaveCount(0);
    await expect(page.getByText("not here any more")).toHaveCount(0);
    await hidden.getByRole("button", { name: "Show" }).press("Enter");
    await expect(hidden).toHaveCount(0);
    await expect(line(page, text)).toBeFocused();
    await expect(line(page, text)).toHaveAttribute("aria-current", "true");
    await expect(comments(page).getByText("Something else")).toHaveCount(1);
  }
});

test("three comments stand first, and a fourth waits for one of them to go", async ({ make, visit, problems }) => {
  // The fourth is refused, and she is told.
  problems.allow(answered(409));
  const [ada, bo] = [await make("ada"), await make("bo")];
  const post = await ada.post("Worth reading first");
  for (let i = 1; i <= 5; i++) await say(bo, post.id, `Remark ${i}`);
  const adas = await visit(ada);
  await adas.goto(`/p/${post.shortcode}`);
  const marks = (page: Page) => comments(page).getByText("Pinned by the author");
  for (let i = 1; i <= 3; i++) {
    await option(adas, `Remark ${i}`, "Pin");
    await expect(marks(adas)).toHaveCount(i);
  }
  await option(adas, "Remark 4", "Pin");
  await expect(adas.getByText("3 comments are pinned already. Unpin one first.")).toBeVisible();
  await expect(marks(adas)).toHaveCount(3);

  const bos = await visit(bo);
  const order = () => comments(bos).getByText(/^Remark \d$/);
  await bos.goto(`/p/${post.shortcode}`);
  await expect(order()).toHaveText(["Remark 3", "Remark 2", "Remark 1", "Remark 5", "Remark 4"]);
  await option(adas, "Remark 2", "Unpin");
  await expect(marks(adas)).toHaveCount(2);
  await option(adas, "Remark 4", "Pin");
  await expect(marks(adas)).toHaveCount(3);
  await bos.reload();
  await expect(order()).toHaveText(["Remark 4", "Remark 3", "Remark 1", "Remark 5", "Remark 2"]);
});
