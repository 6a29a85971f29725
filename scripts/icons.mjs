// Draws the app's icons from one shape: `node scripts/icons.mjs`. Run it when the mark changes and commit what it writes.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import sharp from "sharp";

const root = fileURLToPath(new URL("..", import.meta.url));
const NIGHT = "#1a1410";
const SUN = "#f2a541";
const PAPER = "#fbf3e6";

/** The mark in a 32 px box: a sun and its reflection, slid apart along a mirror tilted by 45°. */
const halves = (upper, lower) => `
  <g transform="rotate(-45 16 16)">
    <path d="M4.5 14.9a13 13 0 0 1 26 0z" fill="${upper}"/>
    <path d="M1.5 17.1a13 13 0 0 0 26 0z" fill="${lower}"/>
  </g>`;

/** `scale` is the share of the tile that the mark fills; `corner` the radius in 32nds. */
const tile = ({ scale, corner }) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <rect width="32" height="32" rx="${corner}" fill="${NIGHT}"/>
  <g transform="translate(${16 - 16 * scale} ${16 - 16 * scale}) scale(${scale})">${halves(SUN, PAPER)}
  </g>
</svg>
`;

// Systems cut a maskable icon to their own shape: nothing may matter outside the circle of 80 %, so its mark is smaller.
const any = tile({ scale: 0.74, corner: 7 });
const maskable = tile({ scale: 0.6, corner: 0 });
const touch = tile({ scale: 0.68, corner: 0 });

// The tab's icon has no tile; its lower half follows the browser's theme.
const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <style>.lower{fill:#211b15}.upper{fill:#d9630f}@media(prefers-color-scheme:dark){.lower{fill:#f4eee6}.upper{fill:${SUN}}}</style>
  <g transform="rotate(-45 16 16)">
    <path class="upper" d="M4.5 14.9a13 13 0 0 1 26 0z"/>
    <path class="lower" d="M1.5 17.1a13 13 0 0 0 26 0z"/>
  </g>
</svg>
`;

const png = (svg, size, palette = true) => sharp(Buffer.from(svg), { density: 72 * (size / 32) }).resize(size, size).png({ compressionLevel: 9, palette }).toBuffer();

/** An .ico with one PNG inside (RGBA, the only kind Next.js accepts there), for what still asks for /favicon.ico. */
function ico(image, size) {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head.writeUInt8(size, 6);
  head.writeUInt8(size, 7);
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(image.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, image]);
}

mkdirSync(`${root}/public/icons`, { recursive: true });
const files = {
  "app/icon.svg": favicon,
  "app/favicon.ico": ico(await png(any, 32, false), 32),
  "app/apple-icon.png": await png(touch, 180),
  "public/icons/icon.svg": any,
  "public/icons/icon-192.png": await png(any, 192),
  "public/icons/icon-512.png": await png(any, 512),
  "public/icons/maskable-192.png": await png(maskable, 192),
  "public/icons/maskable-512.png": await png(maskable, 512),
};
for (const [path, data] of Object.entries(files)) {
  writeFileSync(`${root}/${path}`, data);
  console.log(`${path}  ${data.length} bytes`);
}
