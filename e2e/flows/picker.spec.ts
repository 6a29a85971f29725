import { mkdir, mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { makeJpeg } from "../fixtures/photos";
import { expect, test } from "../fixtures/test";
import { makeFilm, makeMp4 } from "../fixtures/videos";

/** A file that is long on paper only. */
async function sparse(path: string, head: string, bytes: number) {
  const file = await open(path, "w");
  await file.write(Buffer.from(head, "latin1"));
  await file.truncate(bytes);
  await file.close();
}

test("every limit is told in plain words before a byte moves @desktop", async ({ visit, make }) => {
  test.setTimeout(120_000);
  const dir = await mkdtemp(join(tmpdir(), "heliograph-picker-"));
  try {
    const jpeg = await makeJpeg(1, 640, 480);
    const at = (name: string) => join(dir, name);
    await sharp({ create: { width: 11_000, height: 9_200, channels: 3, background: "#846" } }).jpeg({ quality: 20 }).toFile(at("hundred-and-one.jpg"));
    await writeFile(at("words.jpg"), "just words");
    await writeFile(at("page.jpg"), "<html><script>alert(1)</script></html>");
    await writeFile(at("empty.heic"), "");
    await sharp(jpeg).tiff().toFile(at("scan.jpg"));
    await writeFile(at("camera.cr3"), Buffer.from("\0\0\0\x18ftypcrx \0\0\0\x01crx isom", "latin1"));
    await writeFile(at("half.jpg"), jpeg.subarray(0, 400));
    await sparse(at("heavy.png"), "\x89PNG\r\n\x1a\n", 31 * 1024 * 1024);
    await sparse(at("huge.mp4"), "\0\0\0\x18ftypisom\0\0\0\0isommp42", 1025 * 1024 * 1024);
    await writeFile(at("long.mp4"), await makeMp4(903, "64x48", { rate: 1 }));
    const heic = (name: string) => join("lib/media/fixtures", `${name}.heic`);
    const huge = await readFile(heic("plain"));
    for (const offset of [8, 12]) huge.writeUInt32BE(12_000, huge.indexOf("ispe") + offset);
    await writeFile(at("hundred-and-forty-four.heic"), huge);
    await writeFile(at("half.heic"), (await readFile(heic("phone-grid-turned"))).subarray(0, 1_800));
    await writeFile(at("headless.heic"), (await readFile(heic("plain"))).subarray(0, 200));
    await writeFile(at("studio.mov"), await makeFilm("studio.mov", "160x90", ["-c:v", "prores"]));
    await writeFile(at("old-phone.mp4"), await makeFilm("old-phone.mp4", "160x90", ["-c:v", "mpeg4"]));
    await writeFile(at("webcam.mkv"), await makeFilm("webcam.mkv", "160x90", ["-c:v", "mjpeg", "-pix_fmt", "yuvj420p"]));
    await writeFile(at("panorama.mp4"), await makeFilm("panorama.mp4", "8208x64", ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]));
    await writeFile(at("panorama.mkv"), await makeFilm("panorama.mkv", "8208x64", ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]));
    const reasons = {
      "hundred-and-one.jpg": "more than 100 megapixels", "words.jpg": "not a photo", "page.jpg": "not a photo", "empty.heic": "empty", "scan.jpg": "TIFF and raw", "camera.cr3": "TIFF and raw",
      "half.jpg": "damaged or incomplete", "heavy.png": "larger than 30 MB", "huge.mp4": "larger than 1 GB", "long.mp4": "longer than 15 minutes",
      "hundred-and-forty-four.heic": "more than 100 megapixels", "half.heic": "damaged or incomplete", "headless.heic": "damaged or incomplete", "studio.mov": "can't be read here", "old-phone.mp4": "can't be read here",
      "webcam.mkv": "can't be read here", "panorama.mp4": "larger than 8,192 pixels a side", "panorama.mkv": "larger than 8,192 pixels a side",
    };
    const page = await visit(await make("ada"));
    const sent: string[] = [];
    page.on("request", (request) => request.method() !== "GET" && sent.push(`${request.method()} ${request.url()}`));
    await page.goto("/create");
    await page.getByLabel("Choose photos").setInputFiles(Object.keys(reasons).map(at));
    const alert = page.getByRole("alert").filter({ hasText: `${Object.keys(reasons).length} files were not added` });
    await expect(alert).toBeVisible({ timeout: 60_000 });
    for (const [name, reason] of Object.entries(reasons)) await expect(alert.getByRole("listitem").filter({ hasText: name })).toContainText(reason);
    // A folder looks like a file until it is read.
    await mkdir(at("holiday"));
    await writeFile(at("holiday/inside.jpg"), jpeg);
    const devtools = await page.context().newCDPSession(page);
    for (const type of ["dragEnter", "dragOver", "drop"] as const) {
      await devtools.send("Input.dispatchDragEvent", { type, x: 600, y: 400, data: { items: [], files: [at("holiday")], dragOperationsMask: 1 } });
    }
    await expect(page.getByRole("alert").getByRole("listitem").filter({ hasText: "holiday" })).toContainText("folder");
    expect(sent).toEqual([]);
  } finally {
    await rm(dir, { recursive: true });
  }
});
