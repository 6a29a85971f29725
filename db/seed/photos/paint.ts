import { stretch } from "./blur";
import { createFrame, type Frame } from "./frame";
import type { Family, Scene } from "./scene";

/** Paints a scene of a family at full size or, where the family is slow, smaller and enlarges it with its edges held. */
export async function paintScene(family: Family, scene: Scene, width: number, height: number): Promise<Frame> {
  const scale = family.scale ?? 1;
  // Small pictures are for tests and avatars; there is nothing to save.
  if (scale === 1 || height < 600) {
    const frame = createFrame(width, height);
    await scene.paint(frame);
    return frame;
  }
  const small = createFrame(Math.round(width * scale), Math.round(height * scale));
  await scene.paint(small);
  return stretch(sharpen(small, 0.55), width, height);
}

/** Unsharp masking with the four neighbours, in place of the crispness that enlarging takes. */
function sharpen(frame: Frame, amount: number): Frame {
  const { width, height, data } = frame, out = createFrame(width, height), row = width * 3;
  out.data.set(data);
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * row + 3, end = (y + 1) * row - 3; i < end; i++) {
      const here = data[i]!, around = (data[i - 3]! + data[i + 3]! + data[i - row]! + data[i + row]!) / 4;
      const edge = (here - around) * amount;
      // Bounded, so that small bright things get no dark rings.
      const most = here * 0.35 + 0.01;
      out.data[i] = here + (edge > most ? most : edge < -most ? -most : edge);
    }
  }
  return out;
}
