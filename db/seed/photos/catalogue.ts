import { clouds } from "./scenes/clouds";
import { forest } from "./scenes/forest";
import { moon } from "./scenes/moon";
import { leaf } from "./scenes/leaf";
import { flower } from "./scenes/flower";
import { silk } from "./scenes/silk";
import { ice } from "./scenes/ice";
import { stillLife } from "./scenes/still-life";
import { architecture } from "./scenes/architecture";
import { fields } from "./scenes/fields";
import { delta } from "./scenes/delta";
import { meadow } from "./scenes/meadow";
import { CLASSIC, PORTRAIT, SQUARE, WIDE, type Family } from "./scene";
import { aerialCoast } from "./scenes/aerial-coast";
import { alpine } from "./scenes/alpine";
import { dunes } from "./scenes/dunes";
import { nightSky } from "./scenes/night-sky";
import { pool } from "./scenes/pool";
import { rain } from "./scenes/rain";
import { ridges } from "./scenes/ridges";
import { sea } from "./scenes/sea";
import { smoke } from "./scenes/smoke";
import { windowLight } from "./scenes/window-light";

/** Every kind of picture that can be generated. */
export const FAMILIES = {
  ridges: { make: ridges, aspects: [PORTRAIT, CLASSIC, WIDE, SQUARE] },
  sea: { make: sea, aspects: [PORTRAIT, CLASSIC, WIDE] },
  windowLight: { make: windowLight, aspects: [PORTRAIT, SQUARE] },
  rain: { make: rain, aspects: [PORTRAIT, SQUARE, CLASSIC] },
  nightSky: { make: nightSky, aspects: [PORTRAIT, CLASSIC] },
  dunes: { make: dunes, aspects: [PORTRAIT, CLASSIC, WIDE] },
  alpine: { make: alpine, aspects: [PORTRAIT, CLASSIC, WIDE] },
  smoke: { make: smoke, aspects: [PORTRAIT, SQUARE] },
  pool: { make: pool, aspects: [PORTRAIT, SQUARE] },
  aerialCoast: { make: aerialCoast, aspects: [PORTRAIT, SQUARE, CLASSIC] },
  clouds: { make: clouds, aspects: [PORTRAIT, CLASSIC, WIDE] },
  forest: { make: forest, aspects: [PORTRAIT, SQUARE, CLASSIC] },
  moon: { make: moon, aspects: [PORTRAIT, SQUARE] },
  leaf: { make: leaf, aspects: [PORTRAIT, SQUARE] },
  flower: { make: flower, aspects: [PORTRAIT, SQUARE] },
  silk: { make: silk, aspects: [PORTRAIT, SQUARE] },
  ice: { make: ice, aspects: [PORTRAIT, SQUARE, CLASSIC] },
  stillLife: { make: stillLife, aspects: [PORTRAIT, SQUARE, CLASSIC] },
  architecture: { make: architecture, aspects: [PORTRAIT, SQUARE, CLASSIC] },
  fields: { make: fields, aspects: [PORTRAIT, SQUARE, CLASSIC] },
  delta: { make: delta, aspects: [PORTRAIT, SQUARE] },
  meadow: { make: meadow, aspects: [PORTRAIT, CLASSIC] },
} satisfies Record<string, Family>;

export type FamilyName = keyof typeof FAMILIES;
