import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MediaEdit } from "@/db/schema/media-edit";
import { PeakMemory } from "@/lib/testing/peak-memory";
import { detailedPhoto } from "@/lib/testing/pictures";
import { derive } from "./decoder";
import { editedSize, NO_GEOMETRY } from "./edit/geometry";
import { NO_ADJUSTMENTS } from "./edit/photo-edit";

const SIZE = { width: 12_000, height: 8_333 };

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "heliograph-big-"));
  await sharp(await detailedPhoto(3000, 2083)).resize(SIZE.width, SIZE.height, { fit: "fill" }).jpeg({ quality: 90 }).toFile(join(dir, "original"));
});
afterAll(() => rm(dir, { recursive: true }));

test.each([
  ["turned, with a filter", { quarterTurns: 1 as const }, { name: "amber", strength: 1 }, {}],
  ["leaned, with everything", { quarterTurns: 3 as const, isMirrored: true, straighten: 7 }, { name: "harbour", strength: 0.8 }, { sharpen: 0.6, vignette: 0.5, grain: 0.4 }],
])("100 megapixels %s: all of them, in bounded memory", { timeout: 600_000 }, async (name, geometry, filter, adjust) => {
  const edit: MediaEdit = { kind: "image", geometry: { ...NO_GEOMETRY, ...geometry }, filter, adjust: { ...NO_ADJUSTMENTS, ...adjust } };
  const input = { path: join(dir, "original"), dir, crop: null, edit };
  const memory = new PeakMemory();
  memory.start();
  const start = performance.now();
  const first = await derive("essential", input);
  const between = performance.now();
  const { variants } = await derive("rest", { ...input, known: first.known });
  const { decoders } = memory.stop();
  process.stdout.write(`100 megapixels ${name}: out after ${((between - start) / 1000).toFixed(1)} s, all after ${((performance.now() - start) / 1000).toFixed(1)} s; peak ${decoders} MB, decoders together.\n`);
  const wanted = editedSize(SIZE, edit.geometry);
  expect(first).toMatchObject(wanted);
  expect(variants.find((variant) => variant.name === "original")).toMatchObject({ ext: "jpg", ...wanted });
  expect(decoders).toBeLessThan(600);
});
