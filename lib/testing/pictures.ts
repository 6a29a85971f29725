import sharp, { type Sharp } from "sharp";

/** A picture that shows at once which way up it is: red, green, blue and yellow quarters. */
export function quarters(width: number, height: number): Sharp {
  const quarter = (color: string, x: number, y: number) => `<rect x="${x}" y="${y}" width="${width / 2}" height="${height / 2}" fill="${color}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${quarter("#f00", 0, 0)}${quarter("#0f0", width / 2, 0)}${quarter("#00f", 0, height / 2)}${quarter("#ff0", width / 2, height / 2)}</svg>`;
  return sharp(Buffer.from(svg)).flatten();
}

/** The name of a quarter's colour, by its nearest corner colour. */
export function colorName([r = 0, g = 0, b = 0]: number[]): string {
  if (r > 200 && g > 200 && b > 200) return "white";
  if (r > 180 && g > 180) return "yellow";
  if (r > 180) return "red";
  if (g > 180) return "green";
  if (b > 180) return "blue";
  return r + g + b < 60 ? "black" : `${r},${g},${b}`;
}

/** The colours in the middle of the four quarters of a picture, row by row. */
export async function readQuarters(file: string | Buffer): Promise<string[]> {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => {
    const start = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
    return colorName([...data.subarray(start, start + 3)]);
  };
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)];
}

/** A photograph's worth of detail: gradients, texture, noise and shapes; about 4 MB as a JPEG of 12 megapixels. Always the same. */
export async function detailedPhoto(width = 4000, height = 3000): Promise<Buffer> {
  let seed = 12_345;
  const random = () => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3) {
      const wave = Math.sin(x / 37 + Math.sin(y / 91) * 3) * 18 + Math.sin(y / 13 + x / 211) * 10 + (random() - 0.5) * 44;
      pixels[i] = Math.max(0, Math.min(255, 60 + (140 * x) / width + wave));
      pixels[i + 1] = Math.max(0, Math.min(255, 90 + (100 * y) / height + wave * 0.7));
      pixels[i + 2] = Math.max(0, Math.min(255, 190 - (90 * (x + y)) / (width + height) + wave * 0.3));
    }
  }
  const circles = Array.from({ length: 140 }, () => `<circle cx="${random() * width}" cy="${random() * height}" r="${20 + random() * 180}" fill="hsl(${random() * 360},60%,${30 + random() * 50}%)" opacity="${0.3 + random() * 0.5}"/>`);
  const overlay = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${circles.join("")}</svg>`);
  return sharp(pixels, { raw: { width, height, channels: 3 } }).composite([{ input: overlay }]).jpeg({ quality: 90 }).withExif(GPS_EXIF).toBuffer();
}

/** Where a photo was taken, and with which camera: what must never leave the server. */
export const GPS_EXIF = {
  IFD0: { Make: "Secret Camera Works", Model: "SN-4711", Copyright: "Jane Hidden" },
  IFD3: { GPSLatitudeRef: "N", GPSLatitude: "51/1 30/1 0/1", GPSLongitudeRef: "W", GPSLongitude: "0/1 7/1 0/1" },
};
