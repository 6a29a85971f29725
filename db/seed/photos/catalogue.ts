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
} satisfies Record<string, Family>;

export type FamilyName = keyof typeof FAMILIES;
