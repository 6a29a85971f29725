import type { Page } from "@playwright/test";
import { prepareAxe } from "../fixtures/axe";
import { log, openDirect, openOptions, say } from "../fixtures/direct";
import { PASSWORD, Person } from "../fixtures/people";
import { makeJpeg } from "../fixtures/photos";
import { composer } from "../fixtures/screens";
import { expect, photoFile, test as base } from "../fixtures/test";
import { answered } from "../fixtures/problems";
import { quiet } from "../fixtures/traffic";

/** Every page in light and dark: nothing for axe to find, no complaint in the console, nothing wider than the screen. */
type World = { ada: Person; bo: Person; hidden: Person; empty: Person; post: { shortcode: string; id: string }; placeId: string; tag: string; shelfId: string; direct: Conversations };
type Stop = { name: string; as: "ada" | "bo" | "empty" | null; path: (w: World) => string; prepare?: (page: Page) => Promise<unknown>; status?: number };

const stops: Stop[] = [
  { name: "landing", as: null, path: () => "/" },
  { name: "log in", as: null, path: () => "/login" },
  { name: "log in, refused", as: null, path: () => "/login", prepare: (page) => page.getByRole("button", { name: "Log in" }).click().then(() => refused(page)) },
  { name: "forgot the password", as: null, path: () => "/forgot" },
  { name: "stop mails, a dead link", as: null, path: () => "/unsubscribe?token=none" },
  { name: "new password, a dead link", as: null, path: () => "/reset?token=none" },
  { name: "confirm the address, a dead link", as: null, path: () => "/verify?token=none" },
  { name: "this wasn't me, a dead link", as: null, path: () => "/not-me?token=none" },
  { name: "sign up", as: null, path: () => "/signup" },
  { name: "sign up, refused", as: null, path: () => "/signup", prepare: (page) => page.getByRole("button", { name: "Sign up" }).click().then(() => refused(page)) },
  { name: "feed, empty", as: "empty", path: () => "/" },
  { name: "feed", as: "bo", path: () => "/" },
  { name: "feed, with a repost", as: "bo", path: () => "/", prepare: (page) => page.getByText("reposted").first().waitFor() },
  { name: "feed, for you", as: "bo", path: () => "/?feed=for-you" },
  { name: "feed, favourites", as: "empty", path: () => "/?feed=favourites" },
  { name: "why this post", as: "bo", path: () => "/?feed=for-you", prepare: openWhy },
  { name: "feed settings", as: "bo", path: () => "/?feed=for-you", prepare: (page) => page.getByRole("button", { name: "Feed settings" }).click().then(() => page.getByRole("slider").first().waitFor()) },
  { name: "post", as: "bo", path: (w) => `/p/${w.post.shortcode}` },
  { name: "post, signed out", as: null, path: (w) => `/p/${w.post.shortcode}` },
  { name: "post over a grid", as: "bo", path: (w) => `/${w.ada.username}`, prepare: (page) => page.getByRole("link", { name: /Gulls/ }).first().click().then(() => page.getByRole("dialog").waitFor()) },
  { name: "menu of a post", as: "ada", path: (w) => `/p/${w.post.shortcode}`, prepare: (page) => page.getByRole("button", { name: "More options" }).click().then(() => page.getByRole("menu").waitFor()) },
  { name: "who can see it", as: "ada", path: (w) => `/p/${w.post.shortcode}`, prepare: openAudience },
  { name: "who likes it", as: "bo", path: (w) => `/p/${w.post.shortcode}`, prepare: (page) => page.getByRole("button", { name: "1 like" }).click().then(() => page.getByRole("dialog").getByRole("listitem").first().waitFor()) },
  { name: "emoji to react with", as: "bo", path: (w) => `/p/${w.post.shortcode}`, prepare: (page) => page.getByRole("button", { name: "React", exact: true }).click().then(() => page.getByRole("button", { name: "More emoji" }).click()).then(() => page.getByRole("region", { name: "Faces" }).waitFor()) },
  { name: "ways to share", as: "bo", path: (w) => `/p/${w.post.shortcode}`, prepare: (page) => page.getByRole("button", { name: "Share", exact: true }).click().then(() => page.getByRole("dialog").getByRole("button", { name: "QR code" }).click()).then(() => page.getByRole("img", { name: /QR code/ }).waitFor()) },
  { name: "report", as: "bo", path: (w) => `/p/${w.post.shortcode}`, prepare: (page) => page.getByRole("button", { name: "More options" }).click().then(() => page.getByRole("menuitem", { name: "Report" }).click()).then(() => page.getByRole("radio").first().waitFor()) },
  { name: "reposts", as: "bo", path: (w) => `/${w.ada.username}/reposts`, prepare: (page) => page.getByRole("link", { name: /Post by/ }).first().waitFor() },
  { name: "reposts, none", as: "bo", path: (w) => `/${w.bo.username}/reposts` },
  { name: "in a frame on another site", as: null, path: (w) => `/p/${w.post.shortcode}/embed` },
  { name: "own profile", as: "ada", path: (w) => `/${w.ada.username}` },
  { name: "own profile as others see it", as: "ada", path: (w) => `/${w.ada.username}?as=stranger` },
  { name: "own followers as others see them", as: "ada", path: (w) => `/${w.ada.username}/followers?as=stranger` },
  { name: "menu of a person", as: "bo", path: (w) => `/${w.ada.username}`, prepare: (page) => page.getByRole("button", { name: "More options" }).click().then(() => page.getByRole("menu").waitFor()) },
  { name: "another's profile", as: "bo", path: (w) => `/${w.ada.username}` },
  { name: "profile, signed out", as: null, path: (w) => `/${w.ada.username}` },
  { name: "private profile", as: "bo", path: (w) => `/${w.hidden.username}` },
  { name: "empty profile", as: "empty", path: (w) => `/${w.empty.username}` },
  { name: "followers", as: "ada", path: (w) => `/${w.ada.username}/followers` },
  { name: "following, nobody", as: "empty", path: (w) => `/${w.empty.username}/following` },
  { name: "explore", as: "bo", path: () => "/explore" },
  { name: "explore, signed out", as: null, path: () => "/explore" },
  { name: "search", as: "bo", path: () => "/search" },
  { name: "search with results", as: "bo", path: (w) => `/search?q=${w.ada.username}` },
  { name: "search for tags", as: "bo", path: (w) => `/search?type=tags&q=${w.tag}` },
  { name: "search without results", as: "bo", path: () => "/search?q=zzzzzzzzzz" },
  { name: "tag", as: "bo", path: (w) => `/tags/${w.tag}` },
  { name: "place", as: "bo", path: (w) => `/places/${w.placeId}` },
  { name: "saved", as: "bo", path: () => "/saved" },
  { name: "a collection", as: "bo", path: (w) => `/saved/${w.shelfId}`, prepare: (page) => page.getByRole("link", { name: /Gulls/ }).first().waitFor() },
  { name: "saved, nothing", as: "empty", path: () => "/saved" },
  { name: "notifications", as: "ada", path: () => "/notifications" },
  { name: "notifications of a kind", as: "ada", path: () => "/notifications?show=likes" },
  { name: "notifications of a kind, none", as: "empty", path: () => "/notifications?show=mentions" },
  { name: "notification settings", as: "ada", path: () => "/settings/notifications" },
  { name: "notifications, none", as: "empty", path: () => "/notifications" },
  { name: "comments that wait", as: "ada", path: () => "/notifications/comments" },
  { name: "comments that were hidden", as: "ada", path: () => "/notifications/comments?state=hidden" },
  { name: "messages", as: "ada", path: () => "/direct" },
  { name: "messages, none", as: "empty", path: () => "/direct" },
  { name: "message requests", as: "ada", path: () => "/direct/requests" },
  { name: "message requests, none", as: "empty", path: () => "/direct/requests" },
  { name: "a conversation", as: "ada", path: (w) => `/direct/${w.direct.pair}`, prepare: (page) => log(page).getByRole("button", { name: /^Open photo/ }).first().waitFor() },
  { name: "what can be done with a message", as: "ada", path: (w) => `/direct/${w.direct.pair}`, prepare: (page) => openOptions(page, "Look at these") },
  { name: "search in a conversation", as: "ada", path: (w) => `/direct/${w.direct.pair}`, prepare: (page) => page.getByRole("button", { name: "Search in this conversation" }).click().then(() => page.getByRole("searchbox", { name: "Search in this conversation" }).waitFor()) },
  { name: "a conversation of several", as: "bo", path: (w) => `/direct/${w.direct.group}` },
  { name: "a request", as: "ada", path: (w) => `/direct/${w.direct.request}` },
  { name: "details of a group", as: "ada", path: (w) => `/direct/${w.direct.group}/info`, prepare: (page) => page.getByRole("button", { name: "Copy link" }).waitFor() },
  { name: "details of a pair", as: "ada", path: (w) => `/direct/${w.direct.pair}/info` },
  { name: "new message", as: "bo", path: () => "/direct/new", prepare: (page) => page.getByRole("checkbox").first().waitFor() },
  { name: "joining a group", as: "empty", path: (w) => w.direct.join },
  { name: "send a post in a message", as: "bo", path: (w) => `/p/${w.post.shortcode}`, prepare: (page) => page.getByRole("button", { name: "Share", exact: true }).click().then(() => page.getByRole("button", { name: "Send in a message" }).click()).then(() => page.getByRole("dialog").getByRole("checkbox").first().waitFor()) },
  { name: "composer, empty", as: "ada", path: () => "/create", prepare: (page) => page.getByText("Share what you saw").waitFor() },
  { name: "composer, filled", as: "ada", path: () => "/create", prepare: fillComposer },
  { name: "editor, crop", as: "ada", path: () => "/create", prepare: (page) => openEditor(page, "Crop") },
  { name: "editor, filters", as: "ada", path: () => "/create", prepare: (page) => openEditor(page, "Filters") },
  { name: "editor, adjust", as: "ada", path: () => "/create", prepare: (page) => openEditor(page, "Adjust") },
  { name: "what became of a photo", as: "ada", path: (w) => `/p/${w.post.shortcode}`, prepare: openReceipt },
  { name: "edit a post", as: "ada", path: (w) => `/p/${w.post.shortcode}`, prepare: (page) => openEdit(page) },
  { name: "people on a photo", as: "ada", path: (w) => `/p/${w.post.shortcode}`, prepare: (page) => openEdit(page).then(() => page.getByRole("button", { name: "1 tagged" }).click()).then(() => page.getByText("Tap the photo").waitFor()) },
  { name: "earlier versions", as: "bo", path: (w) => `/p/${w.post.shortcode}`, prepare: (page) => page.getByRole("button", { name: "Edited" }).click().then(() => page.getByText(/^Until/).first().waitFor()) },
  { name: "tagged", as: "ada", path: (w) => `/${w.bo.username}/tagged` },
  { name: "tagged, nothing", as: "empty", path: (w) => `/${w.empty.username}/tagged` },
  { name: "archive", as: "ada", path: () => "/settings/archive", prepare: (page) => page.getByRole("link", { name: /Post by/ }).first().waitFor() },
  { name: "archive, nothing", as: "empty", path: () => "/settings/archive" },
  { name: "recently deleted", as: "ada", path: () => "/settings/archive/deleted" },
  { name: "scheduled", as: "ada", path: () => "/settings/archive/scheduled", prepare: (page) => page.getByRole("grid").waitFor() },
  { name: "settings, profile", as: "ada", path: () => "/settings" },
  { name: "settings, privacy", as: "ada", path: () => "/settings/privacy" },
  { name: "settings, circles", as: "ada", path: () => "/settings/circles" },
  { name: "a circle", as: "ada", path: () => "/settings/circles", prepare: (page) => page.getByRole("link", { name: /Close friends/ }).click().then(() => page.getByLabel("Add people").waitFor()) },
  { name: "settings, comments", as: "ada", path: () => "/settings/comments" },
  { name: "post at a comment", as: "ada", path: (w) => `/p/${w.post.shortcode}?comment=1`, prepare: (page) => page.getByText("That comment is not here any more.").waitFor() },
  { name: "settings, feed", as: "bo", path: () => "/settings/feed" },
  { name: "settings, security", as: "ada", path: () => "/settings/security" },
  { name: "confirm that it is you", as: "ada", path: () => "/settings/security/two-factor" },
  { name: "settings, two-step sign-in", as: "ada", path: () => "/settings/security/two-factor", prepare: (page) => prove(page).then(() => page.getByRole("button", { name: "Set up" }).click()).then(() => page.getByRole("img", { name: /QR code/ }).waitFor()) },
  { name: "settings, passkeys", as: "ada", path: () => "/settings/security/passkeys", prepare: (page) => page.getByRole("button", { name: "Add a passkey" }).waitFor() },
  { name: "settings, your data", as: "ada", path: () => "/settings/data" },
  { name: "settings, appearance", as: "ada", path: () => "/settings/appearance" },
  { name: "not found", as: "ada", path: () => "/there/is/nothing/here", status: 404 },
  { name: "not found, signed out", as: null, path: () => "/nobody-is-called-this", status: 404 },
  { name: "developers", as: null, path: () => "/developers" },
];

type Conversations = { pair: string; group: string; request: string; join: string };

/** A pair with every kind of message, a group with a link, and a request. */
async function converse({ ada, bo, empty, stranger }: Record<"ada" | "bo" | "empty" | "stranger", Person>, postId: string): Promise<Conversations> {
  await ada.follow(bo);
  const pair = await openDirect(ada, [bo]);
  const { id } = await say(bo, pair, `Good morning @${ada.username}, have a look: https://example.org/pier`);
  const photos = await Promise.all([1, 2, 3].map(async (seed) => ada.bring(await makeJpeg(seed, 640, 480), "image/jpeg", "message")));
  await say(ada, pair, "Look at these", { media_ids: photos, reply_to: id });
  await say(bo, pair, "😍");
  await say(bo, pair, "صباح الخير، ما أجمل هذا الضوء");
  await bo.expectOk(bo.api.post("/api/direct/share", { data: { shared: { kind: "post", id: postId }, thread_ids: [pair], text: "This one", client_id: "one-share" } }));
  await bo.expectOk(bo.api.put(`/api/direct/${pair}/messages/${id}/reactions/${encodeURIComponent("🔥")}`));
  const group = await openDirect(ada, [bo, empty], "Early risers");
  await say(ada, group, "Who is up?");
  const { url } = await ada.expectOk(ada.api.post(`/api/direct/${group}/invite`));
  const request = await openDirect(stranger, [ada]);
  await say(stranger, request, "We have not met");
  await expect.poll(async () => (await ada.expectOk(ada.api.get(`/api/direct/${pair}/messages`))).messages.flatMap(({ media }: { media: { state: string }[] }) => media.map(({ state }) => state)), { timeout: 20_000 }).toEqual(["ready", "ready", "ready"]);
  return { pair, group, request, join: new URL(url, "http://localhost").pathname };
}

async function openAudience(page: Page) {
  await page.getByRole("button", { name: "More options" }).click();
  await page.getByRole("menuitem", { name: "Who can see it" }).click();
  await page.getByRole("group", { name: "Who can see it" }).getByText("Circles", { exact: true }).click();
  await page.getByRole("checkbox", { name: "Close friends" }).waitFor();
}

async function openWhy(page: Page) {
  await page.getByRole("button", { name: "More options" }).first().click();
  await page.getByRole("menuitem", { name: "Why this post?" }).click();
  await page.getByRole("dialog").getByText("Together").waitFor();
}

async function prove(page: Page) {
  await page.getByLabel("Your password").fill(PASSWORD);
  await page.getByRole("button", { name: "Go on", exact: true }).click();
  await page.getByRole("heading", { name: "Two-step sign-in" }).waitFor();
}

async function openEdit(page: Page) {
  await page.getByRole("button", { name: "More options" }).click();
  await page.getByRole("menuitem", { name: "Edit post" }).click();
  await page.getByRole("dialog").getByLabel("Caption").waitFor();
}

const refused = (page: Page) => page.locator("[aria-invalid=true], [role=alert] p").first().waitFor();

async function fillComposer(page: Page) {
  const form = composer(page);
  await form.choose([photoFile("a.jpg", await makeJpeg(1, 640, 480)), photoFile("b.jpg", await makeJpeg(2, 480, 640))]);
  await form.arrived.waitFor();
  await form.caption.fill("x".repeat(2_250));
}

/** The draft of the stop before is still there. */
async function openEditor(page: Page, tab: "Crop" | "Filters" | "Adjust") {
  await page.getByRole("button", { name: /^Edit photo/ }).click();
  const dialog = page.getByRole("dialog", { name: /^Edit/ });
  await dialog.getByRole("tab", { name: tab }).click();
  await dialog.locator("canvas[data-exact=true][role=img]").waitFor();
}

async function openReceipt(page: Page) {
  await page.getByRole("button", { name: "More options" }).click();
  await page.getByRole("menuitem", { name: /^What became of my photo/ }).click();
  await page.getByRole("dialog", { name: /What became/ }).waitFor();
}

async function makeWorld(make: (stem: string, options?: { isPrivate?: boolean; fullName?: string }) => Promise<Person>): Promise<World> {
  const ada = await make("ada", { fullName: "Ada Lindqvist" });
  const bo = await make("bo", { fullName: "Bo مارين" });
  const [hidden, empty] = [await make("hidden", { isPrivate: true }), await make("empty")];
  const tag = `shore${ada.username}`;
  await bo.follow(ada);
  const first = await ada.post(`Gulls over the pier, early #${tag} @${bo.username} https://example.org/pier`, { photos: 3, seed: 3 });
  await ada.expectOk(ada.api.patch(`/api/posts/${first.id}`, { data: { location: "Ålesund", alt: Object.fromEntries(first.media.map(({ id }, i) => [id, `Gulls, picture ${i + 1}`])) } }));
  await ada.post("A second, with nothing said about it", { seed: 9 });
  const tagged = first.media.map(({ id }, i) => ({ id, ...(i === 0 ? { tags: [{ username: bo.username, x: 0.4, y: 0.6 }] } : {}) }));
  await ada.expectOk(ada.api.patch(`/api/posts/${first.id}`, { data: { caption: `Gulls over the pier, early #${tag} @${bo.username} https://example.org/pier again`, media: tagged } }));
  const doomed = await ada.post("Not worth keeping", { seed: 11 });
  await ada.expectOk(ada.api.delete(`/api/posts/${doomed.id}`));
  const away = await ada.post("Put away", { seed: 12 });
  await ada.expectOk(ada.api.patch(`/api/posts/${away.id}`, { data: { is_archived: true } }));
  const cy = await make("cy");
  const passedOn = await cy.post("Nets in the sun", { seed: 13 });
  await ada.expectOk(ada.api.put(`/api/posts/${passedOn.id}/repost`, { data: { note: "Worth the walk" } }));
  const shelf = await bo.expectOk(bo.api.post("/api/collections", { data: { name: "Shore", post_id: first.id } }));
  await ada.schedule("Tomorrow", new Date(Date.now() + 86_400_000));
  const { id } = await bo.expectOk(bo.api.post(`/api/posts/${first.id}/comments`, { data: { content: "So early! يا سلام" } }));
  await ada.expectOk(ada.api.post(`/api/posts/${first.id}/comments`, { data: { content: `@${bo.username} it was`, parent_id: id } }));
  await ada.expectOk(ada.api.post(`/api/users/${cy.id}/restrict`));
  for (const content of ["May I?", "Or this?"]) await cy.expectOk(cy.api.post(`/api/posts/${first.id}/comments`, { data: { content } }));
  const [waiting] = (await ada.expectOk(ada.api.get("/api/comments/waiting"))).comments;
  await ada.expectOk(ada.api.post(`/api/comments/${waiting.id}/hide`));
  await bo.expectOk(bo.api.post(`/api/posts/${first.id}/like`));
  await bo.expectOk(bo.api.post(`/api/posts/${first.id}/save`));
  const post = await ada.expectOk(ada.api.get(`/api/posts/${first.id}`));
  await expect.poll(async () => (await bo.expectOk(bo.api.get("/api/feed"))).posts.length, { timeout: 15_000 }).toBe(3);
  await expect.poll(async () => (await ada.expectOk(ada.api.get("/api/notifications"))).notifications.length, { timeout: 15_000 }).toBeGreaterThan(2);
  const direct = await converse({ ada, bo, empty, stranger: await make("stranger") }, first.id);
  return { ada, bo, hidden, empty, post, direct, placeId: post.location.id, tag, shelfId: shelf.id };
}

/** One world for all that a worker looks at: making one takes longer than looking at ten pages. */
const test = base.extend<object, { world: World }>({
  world: [
    async ({ playwright }, use, { project }) => {
      const people: Person[] = [];
      const world = await makeWorld(async (stem, options) => {
        people.push(await Person.register(playwright, project.use.baseURL!, stem, options));
        return people.at(-1)!;
      });
      await use(world);
      await Promise.all(people.map(({ api }) => api.dispose()));
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

test.describe.configure({ mode: "parallel" });

/** With which stop each part of the tour begins: none takes minutes, and none goes on with what another left behind. */
const PARTS = [stops[0]!.name, "post", "explore", "messages", "what became of a photo"].map((first) => stops.findIndex(({ name }) => name === first));

PARTS.forEach((from, part) =>
  test(`every page is clean for assistive technology (part ${part + 1})`, async ({ visit, world, problems }) => {
    test.setTimeout(240_000);
    problems.allow(answered(404));
    const pages = new Map<string | null, Page>();
    for (const as of [null, "ada", "bo", "empty"] as const) pages.set(as, await visit(as && world[as], { colorScheme: "light", reducedMotion: "reduce" }));
    for (const page of pages.values()) page.setDefaultTimeout(20_000);
    for (const stop of stops.slice(from, PARTS[part + 1])) await test.step(stop.name, () => look(pages.get(stop.as)!, stop, world));
  }));

async function look(page: Page, stop: Stop, world: World) {
  const answer = await page.goto(stop.path(world));
  expect.soft(answer?.status(), stop.name).toBe(stop.status ?? 200);
  if (stop.prepare) {
    // Buttons answer once the scripts have run.
    await quiet(page);
    await stop.prepare(page);
  }
  await expect.soft(page, stop.name).toHaveTitle(/Heliograph/);
  const violations = await prepareAxe(page);
  expect.soft(await violations(), `${stop.name}, by day`).toEqual([]);
  // Names, roles and order are the same by night: only the colours are others.
  await page.emulateMedia({ colorScheme: "dark" });
  expect.soft(await violations({ runOnly: ["color-contrast"] }), `${stop.name}, by night`).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
  expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), `${stop.name} is wider than the screen`).toBeLessThanOrEqual(0);
  expect.soft(await page.getByRole("heading", { level: 1 }).or(page.getByRole("dialog")).count(), `${stop.name} has a heading`).toBeGreaterThan(0);
}

test("nothing jumps while the feed loads", async ({ visit, world }) => {
  const page = await visit(world.bo);
  await page.addInitScript(() => {
    const seen = { total: 0 };
    Object.assign(window, { shift: seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) if (!entry.hadRecentInput) seen.total += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  for (const path of ["/", `/${world.ada.username}`, "/explore", `/p/${world.post.shortcode}`]) {
    await page.goto(path);
    await quiet(page);
    await page.mouse.wheel(0, 900);
    await page.waitForTimeout(500);
    const total = await page.evaluate(() => (window as unknown as { shift: { total: number } }).shift.total);
    expect.soft(total, path).toBeLessThan(0.02);
  }
});
