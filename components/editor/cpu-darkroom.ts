import type { PhotoEdit } from "@/lib/media/edit/types";
import { develop } from "@/lib/media/edit/develop";
import { type Size, toSource } from "@/lib/media/edit/geometry";
import type { Raster } from "@/lib/media/edit/raster";
import { resample } from "@/lib/media/edit/resample";
import type { Darkroom } from "./darkroom";
import type { Gamut } from "./gamut";
import { type Picture, smallPicture } from "./picture";

/** Longer side of what is developed without graphics: a quarter of a megapixel keeps up with a slider. */
const SIDE = 640;

/** Develops with the server's own functions, pixel by pixel, for browsers without WebGL2. */
export class CpuDarkroom implements Darkroom {
  readonly kind = "cpu";
  readonly isLost = false;
  private canvas = document.createElement("canvas");
  private gamut: Gamut = "srgb";
  private readonly rasters = new WeakMap<HTMLCanvasElement, Raster>();

  draw(picture: Picture, edit: PhotoEdit, size: Size): HTMLCanvasElement {
    const scale = Math.min(1, SIDE / Math.max(size.width, size.height));
    const wanted = { width: Math.max(1, Math.round(size.width * scale)), height: Math.max(1, Math.round(size.height * scale)) };
    const raster = resample(this.rasterOf(picture), toSource(picture.natural, edit.geometry), wanted);
    develop(raster, edit);
    // The colours of a canvas are chosen once.
    if (picture.gamut !== this.gamut) this.canvas = document.createElement("canvas");
    this.gamut = picture.gamut;
    Object.assign(this.canvas, wanted);
    const colorSpace = picture.gamut;
    const pixels = new ImageData(new Uint8ClampedArray(overWhite(raster.data)), wanted.width, wanted.height, { colorSpace });
    this.canvas.getContext("2d", { colorSpace })?.putImageData(pixels, 0, 0);
    return this.canvas;
  }

  private rasterOf(picture: Picture): Raster {
    const known = this.rasters.get(picture.canvas);
    if (known) return known;
    const { canvas } = smallPicture(picture, SIDE);
    const colorSpace = picture.gamut;
    const { data } = canvas.getContext("2d", { colorSpace })!.getImageData(0, 0, canvas.width, canvas.height, { colorSpace });
    const raster: Raster = { data: new Uint8Array(data.buffer), width: canvas.width, height: canvas.height, channels: 4 };
    this.rasters.set(picture.canvas, raster);
    return raster;
  }
}

function overWhite(data: Uint8Array): Uint8Array {
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3]! / 255;
    if (alpha === 1) continue;
    for (let c = at; c < at + 3; c++) data[c] = 255 + (data[c]! - 255) * alpha;
    data[at + 3] = 255;
  }
  return data;
}
