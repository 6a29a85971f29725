/** Pixels of the picture that is sent: twice the largest size at which avatars are shown. */
const SIDE = 640;
const QUALITY = 0.92;

/** The square `area` (pixels of the upright picture) as a JPEG of at most 640 × 640. Throws when the browser cannot. */
export async function cutSquare(url: string, area: { x: number; y: number; width: number; height: number }): Promise<Blob> {
  const image = new Image();
  image.src = url;
  await image.decode();
  const side = Math.max(1, Math.min(SIDE, Math.round(area.width)));
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, side, side);
  context.imageSmoothingQuality = "high";
  context.drawImage(image, area.x, area.y, area.width, area.height, 0, 0, side, side);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  if (!blob) throw new Error("no picture");
  return blob;
}
