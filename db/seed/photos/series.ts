import { stretch } from "./blur";
import { FAMILIES, type FamilyName } from "./catalogue";
import { crop, develop, encodeJpeg } from "./finish";
import type { Frame } from "./frame";
import { paintScene } from "./paint";
import { createRandom } from "./random";
import type { Family } from "./scene";

/** One photographer's shots of one subject on one day: what a carousel holds. */
export interface SeriesOrder {
  seed: string;
  family: FamilyName;
  shots: number;
}

export interface Shot {
  jpeg: Buffer;
  width: number;
  height: number;
  description: string;
  subject: string;
}

/** Frames that a series has of its own; further ones show details of those. */
const FRAMES = 2;
/** Too soft to be looked at more closely. */
const NO_DETAILS: readonly FamilyName[] = ["clouds"];
const framesOf = ({ family, shots }: SeriesOrder) => (NO_DETAILS.includes(family) ? shots : Math.min(FRAMES, shots));
const LONG_SIDE = 1240;

function sizeFor(aspect: number): { width: number; height: number } {
  if (aspect === 1) return { width: 1080, height: 1080 };
  return aspect > 1 ? { width: LONG_SIDE, height: Math.round(LONG_SIDE / aspect) } : { width: Math.round(LONG_SIDE * aspect), height: LONG_SIDE };
}

/** What each shot of a series is to show and be, without painting it. */
export function planSeries(order: SeriesOrder): { width: number; height: number; subject: string; descriptions: string[] } {
  const { seed, family, shots } = order;
  const random = createRandom(seed), kind: Family = FAMILIES[family];
  const size = sizeFor(random.fork("aspect").pick(kind.aspects));
  const whole = framesOf(order);
  const scenes = Array.from({ length: whole }, (_, i) => kind.make(random.fork("mood"), random.fork(`shot ${i}`)));
  const descriptions = Array.from({ length: shots }, (_, i) => (i < whole ? scenes[i]!.description : `A detail: ${scenes[i % whole]!.description.replace(/^(The|An?) /, (word) => word.toLowerCase())}`));
  return { ...size, subject: scenes[0]!.subject, descriptions };
}

/** Paints a series shot by shot. The same order gives the same pictures. */
export async function* paintSeries(order: SeriesOrder): AsyncGenerator<Shot> {
  const plan = planSeries(order), { width, height } = plan;
  const random = createRandom(order.seed), kind: Family = FAMILIES[order.family];
  const kept: { frame: Frame; finish: object }[] = [];
  const whole = framesOf(order);
  for (let i = 0; i < order.shots; i++) {
    let frame: Frame, finish: object;
    if (i < whole) {
      const scene = kind.make(random.fork("mood"), random.fork(`shot ${i}`));
      finish = scene.finish;
      frame = await paintScene(kind, scene, width, height);
      if (whole < order.shots) kept.push({ frame: { ...frame, data: frame.data.slice() }, finish });
    } else ({ frame, finish } = detail(kept[i % whole]!, random.fork(`detail ${i}`)));
    yield { jpeg: await encodeJpeg(develop(frame, finish), width, height), width, height, description: plan.descriptions[i]!, subject: plan.subject };
  }
}

/** A part of a frame at full size, as if the photographer had stepped nearer. */
function detail({ frame, finish }: { frame: Frame; finish: object }, random: ReturnType<typeof createRandom>): { frame: Frame; finish: object } {
  const share = random.range(0.5, 0.66), width = Math.round(frame.width * share), height = Math.round(frame.height * share);
  const x = Math.round((frame.width - width) * random.range(0.15, 0.85)), y = Math.round((frame.height - height) * random.range(0.25, 0.85));
  return { frame: stretch(crop(frame, x, y, width, height), frame.width, frame.height), finish };
}
