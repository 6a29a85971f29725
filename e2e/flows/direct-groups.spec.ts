import { befriend, field, log, openDirect, openThread, row, say, send } from "../fixtures/direct";
import { awake } from "../fixtures/screens";
import { expect, test } from "../fixtures/test";

test("a group is begun, named, grows, and everybody hears of it", async ({ make, visit }) => {
  test.setTimeout(120_000);
  const [ada, bo, cy, di] = [await make("ada"), await make("bo"), await make("cy"), await make("di")];
  await befriend(ada, bo, cy, di);
  const [adas, bos] = [await visit(ada), await visit(bo)];
  await adas.goto("/direct/new");
  for (const person of [bo, cy]) {
    await adas.getByRole("searchbox", { name: "To" }).fill(person.username);
    await adas.getByRole("checkbox", { name: person.username }).click();
  }
  await adas.getByLabel("Name of the group").fill("Harbour walk");
  await adas.getByRole("button", { name: "Begin group" }).click();
  await expect(adas).toHaveURL(/\/direct\/\d+/);
  await expect(adas.getByRole("heading", { name: "Harbour walk" })).toBeVisible();
  const thread = new URL(adas.url()).pathname.split("/").at(-1)!;
  await send(adas, "Who is there at six?");
  await openThread(bos, thread);
  await expect(row(bos, "Who is there at six?")).toBeVisible();

  await test.step("seen by those who looked", async () => {
    await expect(adas.getByText(`Seen by ${bo.username}`)).toBeVisible({ timeout: 5_000 });
  });
  await test.step("its name", async () => {
    await adas.goto(`/direct/${thread}/info`);
    await awake(adas.getByRole("button", { name: "Change name" }));
    await adas.getByRole("button", { name: "Change name" }).click();
    await adas.getByLabel("Name of the group").fill("Lighthouse walk");
    await adas.getByRole("button", { name: "Save" }).click();
    await expect(log(bos).getByText(`${ada.username} named the group “Lighthouse walk”`)).toBeVisible({ timeout: 5_000 });
    await expect(bos.getByRole("heading", { name: "Lighthouse walk" })).toBeVisible();
  });
  await test.step("one more", async () => {
    await adas.getByRole("button", { name: "Add people" }).click();
    const dialog = adas.getByRole("dialog", { name: "Add people" });
    await dialog.getByRole("searchbox").fill(di.username);
    await dialog.getByRole("checkbox", { name: di.username }).click();
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await expect(log(bos).getByText(`${ada.username} added ${di.username}`)).toBeVisible({ timeout: 5_000 });
    await expect(adas.getByRole("region", { name: "Members" }).getByRole("link", { name: new RegExp(di.username) })).toBeVisible();
  });
  await test.step("an admin more, and one who has to go", async () => {
    await adas.getByRole("button", { name: `Options for ${bo.username}` }).click();
    await adas.getByRole("menuitem", { name: "Make an admin" }).click();
    await expect(log(bos).getByText(`${ada.username} made you an admin`)).toBeVisible({ timeout: 5_000 });
    await adas.getByRole("button", { name: `Options for ${di.username}` }).click();
    await adas.getByRole("menuitem", { name: "Remove from the group" }).click();
    await adas.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
    await expect(log(bos).getByText(`${ada.username} removed ${di.username}`)).toBeVisible({ timeout: 5_000 });
  });
  await test.step("one leaves, and cannot write any more", async () => {
    await bos.goto(`/direct/${thread}/info`);
    await awake(bos.getByRole("button", { name: "Leave group" }));
    await bos.getByRole("button", { name: "Leave group" }).click();
    await bos.getByRole("alertdialog").getByRole("button", { name: "Leave" }).click();
    await expect(bos).toHaveURL(/\/direct$/);
    await bos.goto(`/direct/${thread}`);
    await expect(row(bos, "Who is there at six?")).toBeVisible();
    await expect(field(bos)).toHaveCount(0);
  });
});

test("who has the link joins; a new link ends the old one", async ({ make, visit, problems }) => {
  problems.allow(/status of 404/);
  const [ada, bo, cy, di] = [await make("ada"), await make("bo"), await make("cy"), await make("di")];
  await befriend(ada, bo, cy);
  const thread = await openDirect(ada, [bo, cy], "Rowing");
  const { url } = await ada.expectOk(ada.api.post(`/api/direct/${thread}/invite`));
  const dis = await visit(di);
  await dis.goto(new URL(url, "http://localhost").pathname);
  await expect(dis.getByRole("heading", { name: "Rowing" })).toBeVisible();
  await awake(dis.getByRole("button", { name: "Join group" }));
  await dis.getByRole("button", { name: "Join group" }).click();
  await expect(dis).toHaveURL(new RegExp(`/direct/${thread}$`));
  await send(dis, "Here I am");
  await expect(row(dis, "Here I am")).toBeVisible();

  const adas = await visit(ada);
  await adas.goto(`/direct/${thread}/info`);
  await adas.getByRole("button", { name: "New link" }).click();
  await expect(adas.getByText("There is a new link.")).toBeVisible();
  const gone = await dis.goto(new URL(url, "http://localhost").pathname);
  expect(gone!.status()).toBe(404);
});

test("muting, pinning and vanishing are set, and stay", async ({ make, visit }) => {
  const [ada, bo, cy] = [await make("ada"), await make("bo"), await make("cy")];
  await befriend(ada, bo, cy);
  const [pair, other] = [await openDirect(ada, [bo]), await openDirect(ada, [cy])];
  await say(bo, pair, "From bo");
  await say(cy, other, "From cy");
  const page = await visit(ada);
  await page.goto(`/direct/${pair}/info`);
  await awake(page.getByRole("switch", { name: "Mute" }));
  await page.getByRole("switch", { name: "Mute" }).check();
  await page.getByRole("switch", { name: "Pin" }).check();
  await page.getByRole("group", { name: "Vanishing messages" }).getByText("24 hours").click();
  await expect(page.getByText("Messages vanish after 24 hours. It goes for new ones.")).toBeVisible();
  await expect.poll(async () => {
    const { is_muted, is_pinned, vanishing } = await ada.expectOk(ada.api.get(`/api/direct/${pair}`));
    return { is_muted, is_pinned, vanishing };
  }).toEqual({ is_muted: true, is_pinned: true, vanishing: "day" });
  await page.goto("/direct");
  const first = page.getByRole("list", { name: "Conversations" }).getByRole("listitem").first();
  await expect(first).toContainText("Pinned");
  await expect(first).toContainText("Muted");
});
