import { brightness, clampRgb, contrast, fade, highlights, type Rgb, saturation, shadows, splitTone, type Tint, warmth } from "./tone";

/** How a filter changes colours, in the order of the fields; what is left out changes nothing. */
type Recipe = {
  /** Shares of red, green and blue in the grey that the picture becomes. */
  mono?: Tint;
  brightness?: number;
  contrast?: number;
  highlights?: number;
  shadows?: number;
  warmth?: number;
  saturation?: number;
  /** Added to the dark and to the light parts. */
  dark?: Tint;
  light?: Tint;
  fade?: number;
};

const NONE: Tint = [0, 0, 0];

/**
 * Our filters, in the order in which they are shown. A name that has been posted keeps its recipe for ever, or a picture
 * would look different after its author has changed only its crop; a better recipe gets a new name.
 */
const RECIPES = {
  dawn: { brightness: 0.12, contrast: -0.12, warmth: 0.22, saturation: -0.06, dark: [0.05, 0.0, 0.03], light: [0.02, 0.005, -0.02] },
  noon: { brightness: 0.14, contrast: 0.34, saturation: 0.16, shadows: 0.08 },
  linen: { brightness: 0.2, contrast: -0.2, warmth: 0.14, saturation: -0.22, fade: 0.42 },
  meadow: { contrast: 0.16, highlights: -0.1, shadows: 0.16, saturation: 0.2, dark: [-0.015, 0.025, -0.005], light: [0.02, 0.015, -0.03] },
  amber: { contrast: 0.12, warmth: 0.55, saturation: 0.06, dark: [0.03, 0.008, -0.03], light: [0.03, 0.012, -0.05] },
  dune: { brightness: 0.08, contrast: -0.06, warmth: 0.3, saturation: -0.36, dark: [0.03, 0.018, 0], fade: 0.24 },
  cedar: { brightness: -0.06, contrast: 0.3, shadows: -0.1, saturation: -0.08, dark: [0.045, 0.022, -0.005], light: [0.015, 0.008, -0.02] },
  harbour: { contrast: 0.2, warmth: -0.12, saturation: -0.1, dark: [-0.035, 0.02, 0.05], light: [0.03, 0.01, -0.02] },
  fjord: { brightness: -0.04, contrast: 0.32, warmth: -0.42, saturation: -0.14, dark: [-0.02, 0, 0.045] },
  mist: { brightness: 0.16, contrast: -0.36, warmth: -0.12, saturation: -0.26, dark: [0.01, 0.025, 0.04], fade: 0.34 },
  dusk: { brightness: -0.08, contrast: 0.14, saturation: -0.04, dark: [0.04, -0.01, 0.075], light: [0.035, 0, -0.015], fade: 0.14 },
  velvet: { brightness: -0.1, contrast: 0.5, highlights: -0.16, shadows: -0.12, saturation: 0.1 },
  silver: { mono: [0.3, 0.59, 0.11], brightness: 0.08, contrast: 0.1, fade: 0.1 },
  slate: { mono: [0.45, 0.45, 0.1], contrast: 0.55, shadows: -0.14, dark: [-0.008, 0, 0.014] },
  letter: { mono: [0.36, 0.54, 0.1], contrast: -0.06, dark: [0.075, 0.038, -0.012], light: [0.028, 0.012, -0.05], fade: 0.22 },
} as const satisfies Record<string, Recipe>;

export type FilterName = keyof typeof RECIPES;

export const FILTERS = Object.keys(RECIPES) as [FilterName, ...FilterName[]];

/** As it is shown. */
export const filterLabel = (name: FilterName) => name[0]!.toUpperCase() + name.slice(1);

export const isFilterName = (name: string): name is FilterName => Object.hasOwn(RECIPES, name);

function cook(c: Rgb, recipe: Recipe): void {
  if (recipe.mono) c[0] = c[1] = c[2] = c[0] * recipe.mono[0] + c[1] * recipe.mono[1] + c[2] * recipe.mono[2];
  brightness(c, recipe.brightness ?? 0);
  contrast(c, recipe.contrast ?? 0);
  highlights(c, recipe.highlights ?? 0);
  shadows(c, recipe.shadows ?? 0);
  warmth(c, recipe.warmth ?? 0);
  saturation(c, recipe.saturation ?? 0);
  splitTone(c, recipe.dark ?? NONE, recipe.light ?? NONE);
  fade(c, recipe.fade ?? 0);
  clampRgb(c);
}

/** Puts the colour under a filter; `strength` 0 leaves it alone, 1 is the filter as it was meant. */
export function applyFilter(c: Rgb, name: FilterName, strength: number): void {
  const [r, g, b] = [c[0], c[1], c[2]];
  cook(c, RECIPES[name]);
  c[0] = r + (c[0] - r) * strength;
  c[1] = g + (c[1] - g) * strength;
  c[2] = b + (c[2] - b) * strength;
}
