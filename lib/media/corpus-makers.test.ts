import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { fixture, useBringing } from "@/lib/testing/bringing";
import { animation, cameraExif, gifWithComment, jpegWithExif, jxlWithSecrets, p3Picture, pngWithExif, SECRETS, texture, withSecrets } from "@/lib/testing/corpus";
import { quarters } from "@/lib/testing/pictures";
import { readExif } from "./exif";

const { shown } = useBringing({ decoders: 750, growth: 100 });

describe("nothing of its maker", { timeout: 60_000 }, () => {
  const formats = {
    jpeg: async () => withSecrets(quarters(400, 300)).jpeg().toBuffer(),
    png: async () => withSecrets(quarters(400, 300)).png().toBuffer(),
    webp: async () => withSecrets(quarters(400, 300)).webp().toBuffer(),
    avif: async () => withSecrets(quarters(400, 300)).avif({ effort: 0 }).toBuffer(),
    "wide jpeg": async () => withSecrets(await p3Picture(true)).jpeg().toBuffer(),
    heic: async () => fixture("secrets.heic"),
    jxl: async () => jxlWithSecrets(fixture("plain.jxl")),
    "jpeg of a camera": async () => jpegWithExif(await quarters(400, 300).jpeg().toBuffer(), await cameraExif()),
    "png with a camera's": async () => pngWithExif(await quarters(400, 300).png().toBuffer(), await cameraExif()),
    gif: async () => gifWithComment(await sharp(await texture()).gif().toBuffer()),
    "animated gif": async () => gifWithComment(await animation("gif", 3)),
  };
  test.each(Object.entries(formats))("%s", async (name, make) => {
    const bytes = await make();
    expect(SECRETS.some((secret) => bytes.includes(secret))).toBe(true);
    if (/camera/.test(name)) expect(["MARK OF THE THUMBNAIL", "MARK OF THE MAKER"].filter((mark) => !bytes.includes(mark) || !readExif(bytes.subarray(bytes.indexOf("II*\0")))?.hasThumbnail)).toEqual([]);
    const { files } = await shown(bytes, { also: true });
    expect(Object.keys(files)).toEqual(expect.arrayContaining(["320.jpg", "320.webp", "w233.avif", "source.jpg", "avatar 320.jpg", "avatar 64.webp"]));
    for (const [name, file] of Object.entries(files)) for (const secret of SECRETS) expect([name, secret, file.includes(secret)]).toEqual([name, secret, false]);
  });
});
