import { describe, expect, test } from "vitest";
import { applyFilter, FILTERS, type FilterName } from "./filters";
import * as tone from "./tone";
import { luma } from "./tone";

type Rgb = [number, number, number];
/** The same with a new colour as its answer. */
const pure = (change: (colour: Rgb, amount: number) => void) => (colour: Rgb, amount: number): Rgb => {
  const now: Rgb = [...colour];
  change(now, amount);
  return now;
};
const { brightness, contrast, highlights, shadows, warmth, saturation, fade } = {
  brightness: pure(tone.brightness), contrast: pure(tone.contrast), highlights: pure(tone.highlights), shadows: pure(tone.shadows), warmth: pure(tone.warmth), saturation: pure(tone.saturation), fade: pure(tone.fade),
};
const filtered = (colour: Rgb, name: FilterName, strength: number) => pure((now) => applyFilter(now, name, strength))(colour, 0);

const grey = (value: number): Rgb => [value, value, value];
const steps = Array.from({ length: 256 }, (_, i) => i / 255);
const amounts = [-1, -0.6, -0.2, 0, 0.3, 0.7, 1];

describe.each(Object.entries({ brightness, contrast, highlights, shadows }))("%s", (_name, curve) => {
  test.each(amounts)("by %d keeps the order of tones and stays within 0..1", (amount) => {
    const tones = steps.map((value) => curve(grey(value), amount)[0]);
    for (let i = 1; i < tones.length; i++) expect(tones[i]!).toBeGreaterThanOrEqual(tones[i - 1]!);
    expect(tones[0]).toBeGreaterThanOrEqual(0);
    expect(tones.at(-1)).toBeLessThanOrEqual(1);
  });
  test("by more is more", () => {
    const value = { contrast: 0.8 }[_name as "contrast"] ?? 0.5;
    const results = amounts.map((amount) => curve(grey(value), amount)[0]);
    expect(results).toEqual([...results].sort((a, b) => a - b));
  });
});

test("nothing is nothing", () => {
  const colour: Rgb = [0.2, 0.5, 0.9];
  for (const curve of [brightness, contrast, highlights, shadows, warmth, saturation, fade]) for (const [i, value] of curve(colour, 0).entries()) expect(value).toBeCloseTo(colour[i]!, 12);
  for (const name of FILTERS) expect(filtered(colour, name, 0)).toEqual(colour);
});

test("golden values", () => {
  expect(brightness(grey(0.5), 1)[0]).toBeCloseTo(0.7125);
  expect(contrast(grey(0.25), 1)[0]).toBeCloseTo(0.25 + 0.75 * (0.103515625 - 0.25));
  expect(contrast(grey(0.25), -1)[0]).toBeCloseTo(0.375);
  expect(highlights(grey(2 / 3), 1)[0]).toBeCloseTo(2 / 3 + 0.95 * (4 / 27));
  expect(saturation([0.2, 0.5, 0.9], -1)).toEqual(grey(luma([0.2, 0.5, 0.9])).map((value) => expect.closeTo(value)));
  expect(fade(grey(0), 1)[0]).toBeCloseTo(0.15);
  expect(fade(grey(1), 1)[0]).toBeCloseTo(0.96);
});

test("warmer is redder and less blue, about as light", () => {
  const warm = warmth(grey(0.5), 1);
  expect(warm[0]).toBeGreaterThan(0.5);
  expect(warm[2]).toBeLessThan(0.45);
  expect(luma(warm)).toBeCloseTo(0.5, 6);
});

describe.each(FILTERS)("filter %s", (name) => {
  test("changes something, clips nothing from grey, and never turns tones around", () => {
    const tones = steps.map((value) => luma(filtered(grey(value), name, 1)));
    for (let i = 1; i < tones.length; i++) expect(tones[i]!).toBeGreaterThanOrEqual(tones[i - 1]! - 1e-9);
    const moved = steps.reduce((sum, value) => sum + Math.abs(filtered([value, 0.5, 1 - value], name, 1)[0] - value), 0);
    expect(moved).toBeGreaterThan(1);
    for (const value of filtered([1, 0, 0.3], name, 1)) expect(value).toBeGreaterThanOrEqual(0);
  });
});

test("at least twelve, no two alike", () => {
  expect(FILTERS.length).toBeGreaterThanOrEqual(12);
  const prints = FILTERS.map((name) => JSON.stringify([[0.2, 0.3, 0.5], [0.8, 0.6, 0.4], [0.5, 0.5, 0.5]].map((colour) => filtered(colour as Rgb, name, 1).map((value) => Math.round(value * 50)))));
  expect(new Set(prints).size).toBe(FILTERS.length);
});
