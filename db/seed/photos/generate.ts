import { FAMILIES, type FamilyName } from "./catalogue";
import { develop, encodeJpeg } from "./finish";
import { paintScene } from "./paint";
import { createRandom } from "./random";
import type { Family, Scene } from "./scene";

export interface PhotoRequest {
  family?: FamilyName;
  width?: number;
  height?: number;
  /** Shots of one seed share palette and weather, and differ in framing. */
  shot?: number;
  quality?: number;
}

export interface Photo {
  jpeg: Buffer;
  width: number;
  height: number;
  family: FamilyName;
  description: string;
  subject: string;
}

const names = Object.keys(FAMILIES) as FamilyName[];

/** The picture that a seed stands for, not yet painted. */
export function imagine(seed: string | number, request: PhotoRequest = {}): { family: FamilyName; scene: Scene; aspect: number } {
  const random = createRandom(seed);
  const family = request.family ?? random.pick(names);
  const kind: Family = FAMILIES[family];
  const mood = random.fork(`mood ${family}`), shot = random.fork(`shot ${family} ${request.shot ?? 0}`);
  return { family, scene: kind.make(mood, shot), aspect: random.fork("aspect").pick(kind.aspects) };
}

/** Paints, develops and encodes the picture of a seed; 1350 pixels on the long side unless told. */
export async function generatePhoto(seed: string | number, request: PhotoRequest = {}): Promise<Photo> {
  const { family, scene, aspect } = imagine(seed, request);
  const width = request.width ?? Math.round(aspect >= 1 ? (aspect === 1 ? 1200 : 1350) : 1350 * aspect);
  const height = request.height ?? Math.round(width / aspect);
  const frame = await paintScene(FAMILIES[family], scene, width, height);
  const jpeg = await encodeJpeg(develop(frame, scene.finish), width, height, request.quality);
  return { jpeg, width, height, family, description: scene.description, subject: scene.subject };
}
