import { expect, test } from "vitest";
import type { Raster } from "./raster";
import { editedSize, NO_GEOMETRY, toSource } from "./geometry";
import { resample } from "./resample";

function ramp(width: number, height: number): Raster {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) for (let x = 0; x < width; x++, at += 3) data.set([(x * 255) / (width - 1), (y * 255) / (height - 1), 90], at);
  return { data, width, height, channels: 3 };
}
const seen = (from: Raster, geometry: Parameters<typeof toSource>[1]) => resample(from, toSource(from, geometry), editedSize(from, geometry));

test("seen straight on, nothing changes; turned four times neither", () => {
  const picture = ramp(40, 30);
  expect(seen(picture, NO_GEOMETRY)).toEqual(picture);
  let turned = picture;
  for (let i = 0; i < 4; i++) turned = seen(turned, { ...NO_GEOMETRY, quarterTurns: 1 });
  expect(turned).toEqual(picture);
});

test("leaned one way and back, the middle is what it was", () => {
  const picture = ramp(200, 160);
  const leaned = seen(picture, { ...NO_GEOMETRY, straighten: 7 });
  const back = seen(leaned, { ...NO_GEOMETRY, straighten: -7 });
  const at = (raster: Raster) => Array.from(raster.data.slice((Math.floor(raster.height / 2) * raster.width + Math.floor(raster.width / 2)) * 3).slice(0, 3));
  for (const [i, value] of at(back).entries()) expect(Math.abs(value - at(picture)[i]!)).toBeLessThan(4);
  expect(leaned.width).toBeLessThan(200);
});
