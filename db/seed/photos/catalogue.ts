import { CLASSIC, PORTRAIT, SQUARE, WIDE, type Family } from "./scene";
import { nightSky } from "./scenes/night-sky";
import { rain } from "./scenes/rain";
import { ridges } from "./scenes/ridges";
import { sea } from "./scenes/sea";
import { windowLight } from "./scenes/window-light";

/** Every kind of picture that can be generated. */
export const FAMILIES = {
  ridges: { make: ridges, aspects: [PORTRAIT, CLASSIC, WIDE, SQUARE] },
  sea: { make: sea, aspects: [PORTRAIT, CLASSIC, WIDE] },
  windowLight: { make: windowLight, aspects: [PORTRAIT, SQUARE] },
  rain: { make: rain, aspects: [PORTRAIT, SQUARE, CLASSIC] },
  nightSky: { make: nightSky, aspects: [PORTRAIT, CLASSIC] },
} satisfies Record<string, Family>;

export type FamilyName = keyof typeof FAMILIES;
