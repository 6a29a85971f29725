import { field, friends, log, openThread, row, say } from "../fixtures/direct";
import { makeJpeg } from "../fixtures/photos";
import { expect, photoFile, test } from "../fixtures/test";

test("by keyboard alone: Enter sends, Shift and Enter break the line, arrows walk to a message and Tab to what can be done @desktop", async ({ make, visit }) => {
  const { ada, bo, thread } = await friends(make);
  await say(bo, thread, "First of all");
  const page = await visit(ada);
  await openThread(page, thread);
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("One line");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("and another");
  await page.keyboard.press("Enter");
  await expect(row(page, "and another")).toBeVisible();
  await log(page).focus();
  await page.keyboard.press("ArrowUp");
  await expect(row(page, "and another")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(row(page, "First of all")).toBeFocused();
  const react = row(page, "First of all").getByRole("button", { name: "React", exact: true });
  for (let i = 0; i < 4 && !(await react.evaluate((one) => one === document.activeElement)); i++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "React with 😍" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(row(page, "First of all").getByRole("button", { name: "😍 1" })).toBeVisible();
});

test("the focus stays with who writes: after a file is removed, and a search closed @desktop", async ({ make, visit }) => {
  const { ada, bo, thread } = await friends(make);
  await say(bo, thread, "Show me");
  const page = await visit(ada);
  await openThread(page, thread);
  await page.getByLabel("Add photos or videos").setInputFiles([photoFile("quay.jpg", await makeJpeg(3)), photoFile("gulls.jpg", await makeJpeg(4))]);
  const remove = (at: number) => page.getByRole("button", { name: `Remove photo ${at}` });
  await expect(remove(2)).toBeVisible();
  await remove(1).focus();
  await page.keyboard.press("Enter");
  await expect(remove(2)).toHaveCount(0);
  await expect(remove(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(field(page)).toBeFocused();
  const search = page.getByRole("button", { name: "Search in this conversation" });
  await search.click();
  await expect(page.getByRole("searchbox", { name: "Search in this conversation" })).toBeFocused();
  await page.keyboard.type("show");
  await expect(page.getByRole("list", { name: "Messages found" }).getByRole("button")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(search).toBeFocused();
});

test("on a phone the field stays above the keyboard and Enter is a new line @phone", async ({ make, visit }) => {
  const { ada, bo, thread } = await friends(make);
  for (let i = 0; i < 30; i++) await say(bo, thread, `Line ${i}`);
  const page = await visit(ada);
  await openThread(page, thread);
  await expect(page.getByRole("navigation", { name: "Main" }).filter({ visible: true })).toHaveCount(0);
  // They are unread, so it begins with the first of them.
  await page.getByRole("button", { name: /^To the newest message/ }).click();
  await expect(row(page, "Line 29")).toBeInViewport();
  await field(page).fill("One line");
  await field(page).press("End");
  await field(page).press("Enter");
  await expect(field(page)).toHaveValue("One line\n");
  // As a keyboard that takes the lower half of the window.
  const { width, height } = page.viewportSize()!;
  await page.setViewportSize({ width, height: Math.round(height / 2) });
  await expect(row(page, "Line 29")).toBeInViewport();
  const box = (await field(page).boundingBox())!;
  expect(box.y + box.height).toBeLessThanOrEqual(Math.round(height / 2));
});
