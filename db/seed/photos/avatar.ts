import sharp from "sharp";
import { FAMILIES, type FamilyName } from "./catalogue";
import { blurFrame, blurPlane } from "./blur";
import { hex, mix, smooth } from "./colour";
import { develop } from "./finish";
import { createFrame, shade, type Frame } from "./frame";
import { createRandom, type Random } from "./random";
import { silhouette } from "./vector";

const SIZE = 480;
const BACKDROPS: readonly FamilyName[] = ["sea", "ridges", "meadow", "clouds", "windowLight", "dunes", "forest", "aerialCoast"];
const CLOTHES = ["#3a2a24", "#22303f", "#4a2630", "#2a3a30", "#40382c", "#2c2a3f", "#51402e"] as const;

/** Hair as SVG, around a head of radius about 105 by 132 centred on (0, 430). */
const HAIR: readonly ((random: Random) => string)[] = [
  () => `<path d="M-112 440C-132 290-62 270 0 272C74 268 128 296 112 440C104 380 84 352 0 350C-84 352-104 380-112 440Z"/>`,
  () => `<path d="M-110 400C-140 268-60 258 0 262C70 256 142 270 112 400C150 520 138 640 156 702C90 744-90 744-156 702C-138 640-150 520-110 400Z"/>`,
  () => `<circle cx="8" cy="262" r="52"/><path d="M-110 424C-126 300-58 284 0 284C64 284 122 300 110 424C98 372 80 352 0 352C-80 352-98 372-110 424Z"/>`,
  (random) => {
    let shapes = "";
    for (let i = 0; i < 70; i++) {
      const a = Math.PI * (1.08 * (i / 69) + 0.96), r = random.range(96, 148);
      shapes += `<circle cx="${Math.cos(a) * r * 1.02}" cy="${400 + Math.sin(a) * r * 1.05}" r="${random.range(20, 38)}"/>`;
    }
    return shapes;
  },
  () => `<path d="M-128 470C-152 268-60 254 0 256C64 254 152 268 128 470C140 600 190 660 224 720H-224C-190 660-140 600-128 470Z"/>`,
  () => `<path d="M-118 388C-128 262-60 248 0 248C62 248 128 262 118 388C60 366-60 366-118 388Z"/><rect x="-122" y="360" width="244" height="46" rx="20"/>`,
  () => `<path d="M-240 356C-140 392 140 392 240 356C170 330 122 336 104 322C96 240 50 232 0 236C-50 232-96 240-104 322C-122 336-170 330-240 356Z"/>`,
  () => `<path d="M-116 420C-140 280-62 264 0 266C70 262 142 278 118 424C134 500 128 552 112 572C60 600-60 600-112 572C-128 552-134 500-116 420Z"/>`,
  () => `<path d="M-108 412C-118 296-58 284 4 282C70 280 120 300 108 412C100 366 60 346 0 352C-60 346-100 366-108 412Z"/><path d="M84 330C170 330 190 420 168 540C150 470 130 430 96 400Z"/>`,
];

async function sitter(frame: Frame, random: Random): Promise<void> {
  const beard = random.chance(0.25) ? `<path d="M-98 470C-92 600-40 628 0 628C40 628 92 600 98 470Z"/>` : "";
  const turn = random.range(-10, 10), x = random.range(-60, 60), size = random.range(0.92, 1.12);
  const place = (shapes: string) => `<g transform="translate(${x} ${1000 - 1000 * size + 40}) scale(${size})">${shapes}</g>`;
  const head = `<g transform="rotate(${turn} 0 560)"><ellipse cx="0" cy="430" rx="104" ry="134"/><ellipse cx="-106" cy="440" rx="14" ry="28"/><ellipse cx="106" cy="440" rx="14" ry="28"/>${beard}</g>`;
  const hair = `<g transform="rotate(${turn} 0 560)">${random.pick(HAIR)(random)}</g>`;
  const body = `<path d="M-52 520C-50 610-58 640-120 668C-240 706-312 740-330 1100H330C312 740 240 706 120 668C58 640 50 610 52 520Z"/>`;
  const all = await silhouette(SIZE, SIZE, place(body + head + hair)), coat = await silhouette(SIZE, SIZE, place(`<path d="M-120 668C-240 706-312 740-330 1100H330C312 740 240 706 120 668C70 720-70 720-120 668Z"/>`));
  const soft = blurPlane({ ...all, data: all.data.slice() }, 11), wide = blurPlane({ ...all, data: all.data.slice() }, 34);
  const cloth = hex(random.pick(CLOTHES)), skin = mix(hex("#1b1412"), hex("#3a2d28"), random.next()), side = random.pick([-1, 1]);
  const back = blurFrame({ ...frame, data: frame.data.slice() }, 60);
  shade(frame, (u, v, out, i) => {
    const a = all.data[i]!;
    if (a <= 0) return;
    const x1 = Math.min(SIZE - 1, Math.max(0, (i % SIZE) + side * 9)), k = ((i / SIZE) | 0) * SIZE + x1;
    // Backlight creeps round the edge on the side of the sun.
    const rim = smooth(0.25, 0.95, 1 - soft.data[k]!) * 1.1 + (1 - wide.data[i]!) * 0.35, fill = 0.8 - 0.5 * v + side * u * 0.5;
    for (let c = 0; c < 3; c++) {
      const own = skin[c]! + (cloth[c]! - skin[c]!) * coat.data[i]!, light = back.data[i * 3 + c]!;
      const lit = own * (0.52 + fill * 0.68) * (0.6 + light) + light * rim * 0.85 + light * 0.04;
      out[c] = out[c]! + (lit - out[c]!) * a;
    }
  });
}

/**
 * An avatar of a seed, 480 pixels square: somebody against the light, or the `thing` they photograph. The faces stay
 * dark, since nothing drawn by arithmetic should pretend to be a certain person.
 */
export async function generateAvatar(seed: string | number, thing: FamilyName | null = null): Promise<Buffer> {
  const random = createRandom(`avatar ${seed}`), person = thing === null;
  const family = thing ?? random.pick(BACKDROPS);
  const scene = FAMILIES[family].make(random.fork("mood"), random.fork("shot"));
  const frame = createFrame(SIZE, SIZE);
  await scene.paint(frame);
  if (person) {
    blurFrame(frame, random.range(3, 9));
    await sitter(frame, random.fork("sitter"));
  }
  const bytes = develop(frame, { ...scene.finish, vignette: 0.1, grain: 0.01, exposure: person ? 0.1 : (scene.finish.exposure ?? 0) });
  return sharp(bytes, { raw: { width: SIZE, height: SIZE, channels: 3 } }).jpeg({ quality: 88 }).toBuffer();
}
