import { openPhoto } from "@/components/media/open-photo";
import type { Size } from "@/lib/media/edit/geometry";
import { type Gamut, gamutOf } from "./gamut";

/** A picture as the editor works on it: upright, scaled down to what a screen shows, with the size of the file behind it. */
export type Picture = { canvas: HTMLCanvasElement; natural: Size; gamut: Gamut };

/** Longer side, in pixels, beyond which a preview shows nothing more. */
const MOST = 1_600;

/** The longer side a preview on this screen needs. */
export const previewSide = () => Math.min(MOST, Math.ceil(Math.max(window.innerWidth, window.innerHeight) * window.devicePixelRatio));

/**
 * Decodes a photo for the editor; `natural` is the size of the file when `source` is only a smaller copy of it. Rejects when
 * this browser can't show it.
 */
export async function loadPicture(source: Blob | string, side: number, natural?: Size): Promise<Picture> {
  const file = typeof source === "string" ? await fetched(source) : source;
  const photo = await openPhoto(file, side);
  try {
    const gamut = await gamutOf(file);
    return { canvas: scaledCanvas(photo.source, photo.size, side, gamut), natural: natural ?? photo.size, gamut };
  } finally {
    photo.close();
  }
}

/** The same picture smaller, for tiles. */
export const smallPicture = ({ canvas, natural, gamut }: Picture, side: number): Picture => ({ canvas: scaledCanvas(canvas, canvas, side, gamut), natural, gamut });

async function fetched(url: string): Promise<Blob> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer.blob();
}

function scaledCanvas(source: CanvasImageSource, { width, height }: Size, side: number, colorSpace: Gamut): HTMLCanvasElement {
  const scale = Math.min(1, side / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext("2d", { colorSpace });
  if (!pen) throw new Error("no canvas");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}
