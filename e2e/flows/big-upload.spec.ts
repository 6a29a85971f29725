import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digestOf, findFfmpeg, writeBigVideo } from "../fixtures/big-video";
import { CuttingProxy } from "../fixtures/cutting-proxy";
import { answered, LOST } from "../fixtures/problems";
import { composer } from "../fixtures/screens";
import { expect, need, test } from "../fixtures/test";

const MB = 1024 * 1024;
const SIZE = 200 * MB;
const CUTS = 10;

test("a 200 MB video over a connection that is cut ten times, with a reload in the middle, arrives whole and once @desktop", async ({ visit, make, baseURL, problems }) => {
  test.setTimeout(150_000);
  problems.allow(LOST, answered(403), answered(503));
  const data = process.env.E2E_DATA_DIR;
  test.skip(!data || Boolean(process.env.E2E_BASE_URL), "The test looks into the folder of its own server.");
  const ada = await make("ada");
  const { video } = await ada.expectOk(ada.api.get("/api/limits"));
  need(video.available, "There is no ffmpeg, so no videos are taken.");

  const dir = await mkdtemp(join(tmpdir(), "heliograph-big-"));
  const proxy = await CuttingProxy.open(baseURL!, { every: 17 * MB, cuts: CUTS, holdAt: 5 });
  try {
    const path = join(dir, "holiday.mp4");
    const made = await writeBigVideo(path, SIZE, findFfmpeg(data!));
    const page = await visit(ada, { baseURL: proxy.origin });
    const announced: string[] = [];
    page.on("request", (request) => void (request.method() === "POST" && new URL(request.url()).pathname === "/api/uploads" && announced.push(request.url())));
    await page.goto("/create");
    await page.getByLabel(/^Choose/).setInputFiles(path);
    await composer(page).caption.fill("Two hundred megabytes");

    await expect.poll(() => proxy.isHeld, { timeout: 60_000 }).toBe(true);
    expect(proxy.cuts).toBe(5);
    const sofar = await arrivedParts(data!);
    expect(sofar, "parts have arrived before the reload").toBeGreaterThan(0);
    proxy.release();
    // Not until all of it has loaded: some of that may be cut, too, and the page itself, which one then asks for again.
    await expect(() => page.reload({ waitUntil: "commit" })).toPass({ timeout: 20_000 });
    await expect(composer(page).caption).toHaveValue("Two hundred megabytes");
    await composer(page).share.click();
    await expect(page).toHaveURL("/", { timeout: 90_000 });
    expect(proxy.cuts).toBe(CUTS);
    expect(announced, "after the reload it goes on, it does not begin anew").toHaveLength(1);

    const { posts } = await ada.expectOk(ada.api.get(`/api/users/${ada.id}/posts`));
    expect(posts).toHaveLength(1);
    expect(posts[0].media).toHaveLength(1);
    const folder = join(data!, "storage/objects/originals", posts[0].media[0].id);
    const files = await readdir(folder);
    expect(files).toHaveLength(1);
    // The embedded store keeps what it knows of an object behind its bytes.
    expect(await digestOf(join(folder, files[0]!), made.bytes)).toEqual(made);
    expect(await arrivedParts(data!), "no part is left").toBe(0);
    await expect.poll(async () => (await ada.expectOk(ada.api.get(`/api/posts/${posts[0].id}`))).status, { timeout: 40_000 }).toBe("published");
  } finally {
    proxy.close();
    await rm(dir, { recursive: true });
  }
});

/** Parts that lie in the embedded store, of whatever upload. */
async function arrivedParts(data: string): Promise<number> {
  const names = await readdir(join(data, "storage/parts"), { recursive: true }).catch(() => []);
  return names.filter((name) => /\/\d+$/.test(name)).length;
}
