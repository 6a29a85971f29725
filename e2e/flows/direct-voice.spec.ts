import { findWholeBrowser } from "../fixtures/browser.mjs";
import { befriend, onMessage, openDirect, openThread, say } from "../fixtures/direct";
import { expect, test } from "../fixtures/test";

// Chromium's microphone that beeps once a second; while the shell listens to it, nothing else gets through.
test.use({ launchOptions: async ({ launchOptions }, use) => use({ ...launchOptions, executablePath: findWholeBrowser() ?? launchOptions.executablePath, args: [...(launchOptions.args ?? []), "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"] }) });

test("a voice note is recorded, sent, and heard by the other", async ({ make, visit }) => {
  test.setTimeout(90_000);
  const [ada, bo] = [await make("ada"), await make("bo")];
  await befriend(ada, bo);
  const thread = await openDirect(ada, [bo]);
  await say(bo, thread, "Tell me");
  const [adas, bos] = [await visit(ada, { permissions: ["microphone"] }), await visit(bo)];
  await openThread(adas, thread);
  await openThread(bos, thread);

  await test.step("one that is thrown away", async () => {
    await adas.getByRole("button", { name: "Record a voice note" }).click();
    await expect(adas.getByRole("timer")).toHaveText("0:01", { timeout: 10_000 });
    await adas.getByRole("button", { name: "Delete the recording" }).click();
    await expect(adas.getByRole("button", { name: "Record a voice note" })).toBeVisible();
    await expect.poll(() => adas.evaluate(() => document.activeElement !== document.body)).toBe(true);
  });
  await onMessage(adas, "Tell me", "Reply");
  await adas.getByRole("button", { name: "Record a voice note" }).click();
  await expect(adas.getByRole("timer")).toHaveText("0:03", { timeout: 10_000 });
  // Pressed twice, it is sent once, and answers what it was to.
  await adas.getByRole("button", { name: "Send", exact: true }).dblclick();
  await expect(adas.getByRole("button", { name: "Record a voice note" })).toBeVisible();
  const note = (page: typeof adas) => page.getByRole("group", { name: /^Voice note by/ });
  await expect(note(adas)).toHaveCount(1);
  await expect(adas.getByText(`Reply to ${bo.username}`)).toHaveCount(0);
  await expect(bos.locator("[data-message]").filter({ has: note(bos) })).toContainText("Answers", { timeout: 20_000 });
  await expect(note(bos).getByRole("button", { name: "Play" })).toBeEnabled({ timeout: 20_000 });
  await note(bos).getByRole("button", { name: "Play" }).click();
  await expect(note(bos).getByRole("button", { name: "Pause" })).toBeVisible();
  await expect.poll(() => note(bos).getByRole("slider").getAttribute("aria-valuenow").then(Number), { timeout: 10_000 }).toBeGreaterThan(0);
  await note(bos).getByRole("slider").press("End");
  await expect(note(bos).getByRole("button", { name: "Play" })).toBeVisible({ timeout: 10_000 });
});
