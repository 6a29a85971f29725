import type { Size } from "@/lib/media/edit/geometry";

/** A photo to draw from; `size` is that of the file as it is shown. Close it when it has been drawn. */
export type OpenPhoto = { source: CanvasImageSource; size: Size; close(): void };

/** Beyond it a JPEG is decoded at a fraction of its size: whole, one of 100 megapixels takes half a gigabyte, which ends the tab on a phone. */
const LARGE_PIXELS = 16_000_000;
/** The steps in which a JPEG can be decoded smaller (its blocks are 8 by 8). */
const STEPS = 8;

/** Opens a photo to be drawn about `side` pixels long or smaller. Rejects when this browser can't show it. */
export async function openPhoto(file: Blob, side: number): Promise<OpenPhoto> {
  const url = URL.createObjectURL(file);
  const close = () => URL.revokeObjectURL(url);
  try {
    const image = await loaded(url);
    const size = { width: image.naturalWidth, height: image.naturalHeight };
    const small = size.width * size.height > LARGE_PIXELS ? await decodedSmall(file, size, side) : null;
    if (!small) await image.decode();
    return small ? { source: small, size, close: () => (small.close(), close()) } : { source: image, size, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Its header has been read; pixels come later. */
function loaded(url: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error("not a picture this browser shows"));
    image.src = url;
  });
}

/** At the smallest step that is still `side` long; null where the browser can't, or the file is no JPEG. */
async function decodedSmall(file: Blob, { width, height }: Size, side: number): Promise<VideoFrame | null> {
  const scale = Math.min(1, Math.ceil((STEPS * side) / Math.max(width, height)) / STEPS);
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (!("ImageDecoder" in window) || first !== 0xff || second !== 0xd8) return null;
  const decoder = new ImageDecoder({ data: file.stream(), type: "image/jpeg", desiredWidth: Math.ceil(width * scale), desiredHeight: Math.ceil(height * scale) });
  try {
    return (await decoder.decode()).image;
  } catch {
    return null;
  } finally {
    decoder.close();
  }
}
