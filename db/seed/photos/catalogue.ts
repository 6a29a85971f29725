import { CLASSIC, PORTRAIT, SQUARE, WIDE, type Family } from "./scene";
import { aerialCoast } from "./scenes/aerial-coast";
import { alpine } from "./scenes/alpine";
import { architecture } from "./scenes/architecture";
import { clouds } from "./scenes/clouds";
import { delta } from "./scenes/delta";
import { dunes } from "./scenes/dunes";
import { fields } from "./scenes/fields";
import { flower } from "./scenes/flower";
import { forest } from "./scenes/forest";
import { ice } from "./scenes/ice";
import { leaf } from "./scenes/leaf";
import { meadow } from "./scenes/meadow";
import { moon } from "./scenes/moon";
import { nightSky } from "./scenes/night-sky";
import { pool } from "./scenes/pool";
import { rain } from "./scenes/rain";
import { ridges } from "./scenes/ridges";
import { sea } from "./scenes/sea";
import { silk } from "./scenes/silk";
import { smoke } from "./scenes/smoke";
import { stillLife } from "./scenes/still-life";
import { windowLight } from "./scenes/window-light";

/** Changes when the same seed gives another picture, so that kept photos are not mistaken for today's. */
export const PHOTO_STYLE = "1";

/** Every kind of picture that can be generated. */
export const FAMILIES = {
  ridges: { make: ridges, aspects: [PORTRAIT, CLASSIC, WIDE, SQUARE] },
  sea: { make: sea, aspects: [PORTRAIT, CLASSIC, WIDE], scale: 0.85 },
  windowLight: { make: windowLight, aspects: [PORTRAIT, SQUARE] },
  rain: { make: rain, aspects: [PORTRAIT, SQUARE, CLASSIC] },
  nightSky: { make: nightSky, aspects: [PORTRAIT, CLASSIC], scale: 0.85 },
  dunes: { make: dunes, aspects: [PORTRAIT, CLASSIC, WIDE], scale: 0.75 },
  alpine: { make: alpine, aspects: [PORTRAIT, CLASSIC, WIDE], scale: 0.75 },
  smoke: { make: smoke, aspects: [PORTRAIT, SQUARE], scale: 0.7 },
  pool: { make: pool, aspects: [PORTRAIT, SQUARE], scale: 0.8 },
  aerialCoast: { make: aerialCoast, aspects: [PORTRAIT, SQUARE, CLASSIC], scale: 0.72 },
  clouds: { make: clouds, aspects: [PORTRAIT, CLASSIC, WIDE], scale: 0.7 },
  forest: { make: forest, aspects: [PORTRAIT, SQUARE, CLASSIC], scale: 0.72 },
  moon: { make: moon, aspects: [PORTRAIT, SQUARE], scale: 0.72 },
  leaf: { make: leaf, aspects: [PORTRAIT, SQUARE], scale: 0.75 },
  flower: { make: flower, aspects: [PORTRAIT, SQUARE], scale: 0.6 },
  silk: { make: silk, aspects: [PORTRAIT, SQUARE], scale: 0.7 },
  ice: { make: ice, aspects: [PORTRAIT, SQUARE, CLASSIC], scale: 0.62 },
  stillLife: { make: stillLife, aspects: [PORTRAIT, SQUARE, CLASSIC], scale: 0.56 },
  architecture: { make: architecture, aspects: [PORTRAIT, SQUARE, CLASSIC], scale: 0.64 },
  fields: { make: fields, aspects: [PORTRAIT, SQUARE, CLASSIC], scale: 0.8 },
  delta: { make: delta, aspects: [PORTRAIT, SQUARE], scale: 0.8 },
  meadow: { make: meadow, aspects: [PORTRAIT, CLASSIC], scale: 0.8 },
} satisfies Record<string, Family>;

export type FamilyName = keyof typeof FAMILIES;
