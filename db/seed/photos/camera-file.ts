import sharp from "sharp";
import { FAMILIES, type FamilyName } from "./catalogue";
import { develop } from "./finish";
import { createFrame, shade, type Frame } from "./frame";
import { Noise } from "./noise";
import { createRandom } from "./random";
import { stretch } from "./blur";

export interface CameraFileOptions {
  family?: FamilyName;
  /** EXIF orientation, 1 to 8: the pixels stay as they are, 6 means that a viewer turns them a quarter to the right. */
  orientation?: number;
  /** Writes a position (Reykjavík), a camera and a serial number, for tests that these never come out again. */
  gps?: boolean;
}

const WIDTH = 4000, HEIGHT = 3000;

/** A file as a 12-megapixel camera writes it: 4000 by 3000, full of detail, about 5 MB. Takes about two seconds. */
export async function generateJpeg12Mp(seed: string | number, { family = "alpine", orientation = 1, gps = false }: CameraFileOptions = {}): Promise<Buffer> {
  const random = createRandom(seed), scene = FAMILIES[family].make(random.fork("mood"), random.fork("shot"));
  const small = createFrame(WIDTH / 4, HEIGHT / 4);
  await scene.paint(small);
  const frame = texture(stretch(small, WIDTH, HEIGHT), new Noise(random.fork("texture")));
  const bytes = develop(frame, { ...scene.finish, grain: 0.08 });
  let image = sharp(bytes, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } }).jpeg({ quality: 92 }).withMetadata({ orientation });
  if (gps) {
    image = image.withExifMerge({
      IFD0: { Make: "Heliograph", Model: "Seed 12", Artist: "Somebody Real" },
      IFD2: { BodySerialNumber: "HG-0042-SECRET", DateTimeOriginal: "2026:03:14 15:09:26" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "64/1 8/1 4680/100", GPSLongitudeRef: "W", GPSLongitude: "21/1 56/1 1220/100" },
    });
  }
  return image.toBuffer();
}

/** Fine detail that enlarging cannot give. */
function texture(frame: Frame, noise: Noise): Frame {
  shade(frame, (u, v, out) => {
    const k = 1 + 0.34 * noise.at(u * 1150, v * 1150) + 0.2 * noise.at(u * 340 + 7, v * 340);
    for (let c = 0; c < 3; c++) out[c]! *= k;
  });
  return frame;
}
