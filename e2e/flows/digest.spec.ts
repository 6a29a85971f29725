import { inDatabase } from "../fixtures/database";
import { mailedLink, mailsTo } from "../fixtures/mail";
import { answered } from "../fixtures/problems";
import { expect, test } from "../fixtures/test";

const isDigest = ({ subject }: { subject: string }) => /new notification/.test(subject);

/** Eight o'clock has come for a person, and the worker looks who waits. */
const letMorningCome = (userId: string) => inDatabase(async (sql) => {
  await sql`update digest_settings set sent_for = sent_for - 8 where user_id = ${userId}`;
  await sql`insert into pgboss.job (name, data) values ('notifications.digests', '{}')`;
});

test("what is new comes by mail once, and one click ends it", async ({ make, visit, playwright, baseURL, problems }) => {
  problems.allow(answered(422));
  const [ada, bo] = [await make("ada"), await make("bo")];
  const page = await visit(ada);
  await page.goto("/settings/notifications");
  await expect(page.getByText(/Confirm your e-mail address first/)).toBeVisible();
  await page.goto(await mailedLink(ada.email, "Confirm your address"));
  await page.getByRole("button", { name: "Confirm my address" }).click();
  await expect(page.getByText(`${ada.email} is confirmed.`)).toBeVisible();

  await page.goto("/settings/notifications");
  const choice = page.getByLabel("Mail me what is new");
  await expect(choice).toHaveValue("off");
  await choice.selectOption("daily");
  await page.getByRole("main").getByRole("button", { name: "Set mails" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expect(choice).toHaveValue("daily");

  const post = await ada.post("Light on the water");
  await bo.expectOk(bo.api.post(`/api/posts/${post.id}/like`));
  await expect.poll(async () => (await ada.expectOk(ada.api.get("/api/notifications"))).unread_count).toBe(1);
  await letMorningCome(ada.id);
  await expect.poll(() => mailsTo(ada.email).filter(isDigest).length, { timeout: 30_000 }).toBe(1);
  await inDatabase((sql) => sql`insert into pgboss.job (name, data) values ('notifications.digests', '{}')`);
  const mail = mailsTo(ada.email).find(isDigest)!;
  expect(mail.subject).toBe("One new notification");
  expect(mail.text).toContain(`${bo.username} liked your post`);
  expect(mail.text).toContain(`/p/${post.shortcode}`);
  const headers = mail.headers.join("\n").replace(/\r?\n\s+/g, " ");
  expect(headers).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/im);
  const oneClick = new URL(/^List-Unsubscribe: ?<([^>]+)>$/im.exec(headers)![1]!).pathname;

  // Opening does nothing, whether a person opens it or a program that looks through mail; pressing does, without signing in.
  const outside = await playwright.request.newContext({ baseURL });
  expect((await outside.get(oneClick)).url()).toContain("/unsubscribe?token=");
  const link = /https?:\/\/\S+\/unsubscribe\?token=\S+/.exec(mail.text)![0];
  const reader = await visit(null);
  await reader.goto(new URL(link).pathname + new URL(link).search);
  expect((await ada.expectOk(ada.api.get("/api/me/digest"))).frequency).toBe("daily");
  await reader.getByRole("button", { name: "Stop the mails" }).click();
  await expect(reader.getByText("You get no more of these mails.")).toBeVisible();
  expect((await ada.expectOk(ada.api.get("/api/me/digest"))).frequency).toBe("off");

  // And so does the button of a mail program (RFC 8058).
  await ada.expectOk(ada.api.patch("/api/me/digest", { data: { frequency: "weekly" } }));
  expect((await outside.post(oneClick, { form: { "List-Unsubscribe": "One-Click" } })).status()).toBe(204);
  expect((await ada.expectOk(ada.api.get("/api/me/digest"))).frequency).toBe("off");
  expect((await outside.post(`${oneClick}x`, { form: { "List-Unsubscribe": "One-Click" } })).status()).toBe(422);
  await outside.dispose();
  await reader.goto("/unsubscribe?token=1-forged");
  await expect(reader.getByRole("heading", { name: "This link is not whole" })).toBeVisible();
  expect(mailsTo(ada.email).filter(isDigest)).toHaveLength(1);
});
