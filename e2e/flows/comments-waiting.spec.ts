import type { Page } from "@playwright/test";
import { go, untilUnsaid } from "../fixtures/screens";
import { expect, test } from "../fixtures/test";

const list = (page: Page, name: string) => page.getByRole("region", { name });
const line = (page: Page, text: string) => page.getByRole("listitem").filter({ hasText: text });

test("what waits on all posts is decided on in one place", async ({ make, visit }) => {
  const [ada, eve] = [await make("ada"), await make("eve")];
  const [pier, shore] = [await ada.post("The pier"), await ada.post("The shore", { seed: 5 })];
  await ada.expectOk(ada.api.post(`/api/users/${eve.id}/restrict`));
  const say = (post: { id: string }, content: string) => eve.expectOk(eve.api.post(`/api/posts/${post.id}/comments`, { data: { content } }));
  const [adas, eves] = [await visit(ada), await visit(eve)];

  await test.step("nothing waits, and nothing is said of it", async () => {
    await adas.goto("/notifications");
    await expect(adas.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(adas.getByRole("link", { name: /your word/ })).toHaveCount(0);
    await adas.goto("/settings/comments");
    await adas.getByRole("link", { name: "Comments to decide on" }).click();
    await expect(adas.getByText("Nothing waits for you")).toBeVisible();
  });

  await test.step("Eve comments under both; Ada is told above her notifications", async () => {
    await say(pier, "Nice pier");
    await say(shore, `${"A very long story of the shore, and then some. ".repeat(40)}The end.`);
    await adas.goto("/");
    await go(adas, "Notifications");
    await adas.getByRole("link", { name: "2 comments wait for your word" }).click();
    await expect(list(adas, "Comments that wait").getByRole("listitem")).toHaveCount(2);
    await expect(line(adas, "Nice pier").getByRole("link").last()).toHaveAttribute("href", new RegExp(`/p/${pier.shortcode}\\?comment=`));
    await line(adas, "A very long story").getByRole("button", { name: "more" }).click();
    await expect(line(adas, "A very long story")).toContainText("The end.");
  });

  await test.step("approved, everybody sees it; taken back, it waits again", async () => {
    await line(adas, "Nice pier").getByRole("button", { name: /^Approve/ }).press("Enter");
    await expect(line(adas, "Nice pier")).toHaveCount(0);
    // The keyboard is where it can go on.
    await expect(line(adas, "A very long story")).toBeFocused();
    expect((await ada.api.get(`/api/posts/${pier.id}/comments?state=pending`).then((answer) => answer.json())).comments).toEqual([]);
    await adas.getByRole("button", { name: "Undo" }).click();
    await expect(line(adas, "Nice pier")).toBeVisible();
    await expect(adas.getByText("It waits for your word again")).toBeVisible();
    await line(adas, "Nice pier").getByRole("button", { name: /^Approve/ }).click();
    await expect(line(adas, "Nice pier")).toHaveCount(0);
    await adas.goBack();
    await expect(adas.getByRole("link", { name: "1 comment waits for your word" })).toBeVisible();
    await eves.goto(`/p/${pier.shortcode}`);
    await expect(eves.getByText("Nice pier")).toBeVisible();
  });

  await test.step("deleted, it can be brought back; at last nothing is left", async () => {
    await adas.getByRole("link", { name: "1 comment waits for your word" }).click();
    await untilUnsaid(adas);
    await line(adas, "A very long story").getByRole("button", { name: /^Delete/ }).click();
    await expect(adas.getByText("Nothing waits for you")).toBeVisible();
    await adas.getByRole("button", { name: "Undo" }).click();
    await expect(line(adas, "A very long story")).toBeVisible();
    await line(adas, "A very long story").getByRole("button", { name: /^Delete/ }).click();
    await expect(adas.getByText("Nothing waits for you")).toBeVisible();
    await adas.getByRole("link", { name: "Back to notifications" }).click();
    await expect(adas).toHaveURL("/notifications");
    await expect(adas.getByRole("link", { name: /your word/ })).toHaveCount(0);
  });

  await test.step("what a hidden word kept back is there, too, covered", async () => {
    await ada.expectOk(ada.api.post("/api/me/hidden-words", { data: { phrase: "lottery", scopes: ["comments"], lasts: "always" } }));
    await ada.expectOk(ada.api.delete(`/api/users/${eve.id}/restrict`));
    await say(shore, "Win the lottery");
    await adas.goto("/notifications/comments");
    await adas.getByRole("link", { name: "Hidden" }).click();
    const hidden = list(adas, "Hidden comments").getByRole("listitem");
    await expect(hidden).toHaveCount(1);
    await expect(hidden).not.toContainText("lottery");
    await hidden.getByRole("button", { name: "Show" }).click();
    await expect(hidden).toContainText("Win the lottery");
    await hidden.getByRole("button", { name: /^Unhide/ }).click();
    await expect(adas.getByText("No hidden comments")).toBeVisible();
    await eves.goto(`/p/${shore.shortcode}`);
    await expect(eves.getByText("Win the lottery")).toBeVisible();
  });
});
