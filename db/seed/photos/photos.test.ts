import { createHash } from "node:crypto";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { generateAvatar } from "./avatar";
import { generateJpeg12Mp } from "./camera-file";
import { FAMILIES, type FamilyName } from "./catalogue";
import { generatePhoto } from "./generate";
import { paintSeries, planSeries } from "./series";

const digest = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const families = Object.keys(FAMILIES) as FamilyName[];

describe("generated photos", () => {
  it.each(families)("%s is a picture with light, shade and colour of its own", async (family) => {
    const photo = await generatePhoto("a", { family, width: 160, height: 200 });
    const { channels } = await sharp(photo.jpeg).stats();
    // A grey box would have next to no spread.
    expect(Math.max(...channels.map((channel) => channel.stdev))).toBeGreaterThan(8);
    expect(photo.description.length).toBeGreaterThan(15);
    expect(photo).toMatchObject({ width: 160, height: 200, family });
  }, 60_000);

  it("is the same for the same seed and another for another", async () => {
    const make = (seed: string) => generatePhoto(seed, { family: "sea", width: 120, height: 120 }).then(({ jpeg }) => digest(jpeg));
    expect(await make("one")).toBe(await make("one"));
    expect(await make("two")).not.toBe(await make("one"));
  });

  it("gives a series one size, and each shot its own look and words", async () => {
    const order = { seed: "series", family: "ridges", shots: 3 } as const;
    const shots = [];
    for await (const shot of paintSeries(order)) shots.push(shot);
    const plan = planSeries(order);
    expect(new Set(shots.map((shot) => digest(shot.jpeg))).size).toBe(3);
    expect(shots.map((shot) => shot.description)).toEqual(plan.descriptions);
    expect(new Set(shots.map((shot) => `${shot.width}x${shot.height}`))).toEqual(new Set([`${plan.width}x${plan.height}`]));
  }, 60_000);

  it("makes avatars that differ", async () => {
    const [one, other] = await Promise.all([generateAvatar("ines"), generateAvatar("kenji")]);
    expect(digest(one)).not.toBe(digest(other));
    expect(await sharp(one).metadata()).toMatchObject({ width: 480, height: 480, format: "jpeg" });
  }, 60_000);

  it("writes a camera's file with orientation, position and serial number", async () => {
    const file = await generateJpeg12Mp("camera", { orientation: 6, gps: true });
    const meta = await sharp(file).metadata();
    expect(meta).toMatchObject({ width: 4000, height: 3000, orientation: 6 });
    expect(meta.exif!.includes("HG-0042-SECRET")).toBe(true);
    expect(file.length).toBeGreaterThan(3_000_000);
    expect(file.length).toBeLessThan(7_500_000);
  }, 120_000);
});
