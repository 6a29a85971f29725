import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(path.join(import.meta.dirname, "../../app/globals.css"), "utf8");

/** The light and dark value of a token in globals.css. */
function token(name: string): [string, string] {
  const value = css.match(new RegExp(`--${name}: ([^;]+);`))?.[1] ?? "";
  const colours = value.match(/#[0-9a-f]{6}/gi);
  if (!colours) throw new Error(`--${name} has no colours`);
  return [colours[0]!, colours.at(-1)!];
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const text: [string, string][] = [
  ...["paper", "surface", "sunken"].flatMap((ground): [string, string][] => [["ink", ground], ["muted", ground], ["accent", ground], ["danger", ground], ["success", ground]]),
  ["ink", "raised"],
  ["accent", "accent-soft"],
  ["danger", "danger-soft"],
  ["on-accent", "accent"],
  ["on-accent", "accent-strong"],
  ["on-danger", "danger-fill"],
  ["on-danger", "danger-fill-strong"],
];
const parts: [string, string][] = [["strong", "paper"], ["strong", "surface"], ["accent-vivid", "paper"], ["accent-vivid", "surface"], ["danger-fill", "surface"]];

describe.each([["light", 0], ["dark", 1]] as const)("the %s theme", (_theme, at) => {
  it.each(text)("lets %s be read on %s (4.5:1)", (ink, ground) => {
    expect(contrast(token(ink)[at], token(ground)[at])).toBeGreaterThanOrEqual(4.5);
  });
  it.each(parts)("lets %s be seen on %s (3:1)", (part, ground) => {
    expect(contrast(token(part)[at], token(ground)[at])).toBeGreaterThanOrEqual(3);
  });
});
