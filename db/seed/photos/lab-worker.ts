import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parentPort } from "node:worker_threads";
import sharp from "sharp";
import { type Avatar, deriveAvatar, deriveEssential, type Essential } from "@/lib/media/derive";
import { generateAvatar } from "./avatar";
import type { FamilyName } from "./catalogue";
import { paintSeries, type SeriesOrder } from "./series";

/** Pictures wanted: a series or an avatar. Originals are kept under `keep`, derived files are put into `dir`. */
export type LabOrder = { name: string; keep: string; dir: string } & ({ series: SeriesOrder } | { avatar: string; thing: FamilyName | null });
export type LabPicture = { original: string; dir: string; bytes: number; made: Avatar | Essential };
export type LabAnswer = { name: string; pictures: LabPicture[] } | { name: string; trouble: string };

/** Runs in a worker thread: paints what is not kept from an earlier run, then derives all sizes with the real code. */
export function serveLab(): void {
  sharp.concurrency(1);
  parentPort!.on("message", (order: LabOrder) => {
    fulfil(order).then(
      (pictures) => parentPort!.postMessage({ name: order.name, pictures } satisfies LabAnswer),
      (error: Error) => parentPort!.postMessage({ name: order.name, trouble: error.message } satisfies LabAnswer),
    );
  });
}

async function fulfil(order: LabOrder): Promise<LabPicture[]> {
  const count = "series" in order ? order.series.shots : 1;
  const files = Array.from({ length: count }, (_, i) => join(order.keep, `${order.name}-${i + 1}.jpg`));
  const sizes = await Promise.all(files.map((file) => readFile(file).then((bytes) => bytes.length, () => 0)));
  if (sizes.some((size) => size === 0)) await paint(order, files, sizes);
  return Promise.all(
    files.map(async (original, i) => {
      const dir = join(order.dir, `${order.name}-${i + 1}`);
      await mkdir(dir, { recursive: true });
      const derive = "series" in order ? deriveEssential : deriveAvatar;
      return { original, dir, bytes: sizes[i]!, made: await derive({ path: original, dir, crop: null }) };
    }),
  );
}

async function paint(order: LabOrder, files: readonly string[], sizes: number[]): Promise<void> {
  let i = 0;
  const keep = async (jpeg: Buffer) => {
    // Under another name first: a run that is killed leaves no half picture.
    await writeFile(`${files[i]}.part`, jpeg);
    await rename(`${files[i]}.part`, files[i]!);
    sizes[i++] = jpeg.length;
  };
  if ("series" in order) for await (const shot of paintSeries(order.series)) await keep(shot.jpeg);
  else await keep(await generateAvatar(order.avatar, order.thing));
}
