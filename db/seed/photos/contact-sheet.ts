/* For looking at the generated pictures: node contact-sheet.mjs <out.png> <family|all> [count] [height] [first seed] [cell] */
import sharp from "sharp";
import { FAMILIES, type FamilyName } from "./catalogue";
import { generatePhoto } from "./generate";

const [out = "sheet.png", which = "all", count = "6", size = "675", first = "1", cellSize = "300"] = process.argv.slice(2);
const families = (which === "all" ? Object.keys(FAMILIES) : which.split(",")) as FamilyName[];
const cell = Number(cellSize);
const tiles: { input: Buffer; left: number; top: number }[] = [];
for (const [row, family] of families.entries()) {
  const before = process.cpuUsage();
  for (let i = 0; i < Number(count); i++) {
    const photo = await generatePhoto(`${family}-${Number(first) + i}`, { family, height: Number(size), width: Math.round(Number(size) * 0.8) });
    tiles.push({ input: await sharp(photo.jpeg).resize(Math.round(cell * 0.8), cell).png().toBuffer(), left: i * (Math.round(cell * 0.8) + 6), top: row * (cell + 6) });
    console.log(photo.family, i, photo.description);
  }
  const used = process.cpuUsage(before);
  console.log(family, Math.round(used.user / 1000 / Number(count)), "ms cpu each");
}
await sharp({ create: { width: Number(count) * (Math.round(cell * 0.8) + 6), height: families.length * (cell + 6), channels: 3, background: "#181818" } })
  .composite(tiles).png().toFile(out);
