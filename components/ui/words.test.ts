import { describe, expect, it } from "vitest";
import { initials } from "./avatar";
import { compactCount } from "./count";
import { formatFull, formatRelative } from "./relative-time-format";

const now = Date.parse("2026-11-21T12:00:00.000Z");
const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();

describe("relative time", () => {
  it.each([
    [0, "now", "just now"],
    [59, "now", "just now"],
    [60, "1 min", "1 minute ago"],
    [3599, "59 min", "59 minutes ago"],
    [3600, "1 h", "1 hour ago"],
    [86_399, "23 h", "23 hours ago"],
    [6 * 86_400, "6 d", "6 days ago"],
    [7 * 86_400, "14 Nov", "14 Nov"],
    [400 * 86_400, "17 Oct 2025", "17 Oct 2025"],
  ])("says %i seconds as %s", (seconds, short, long) => {
    expect(formatRelative(ago(seconds), now)).toBe(short);
    expect(formatRelative(ago(seconds), now, "long")).toBe(long);
  });

  it("takes a time ahead of the clock as now, and nonsense as nothing", () => {
    expect(formatRelative(ago(-30), now)).toBe("now");
    expect(formatRelative("soon", now)).toBe("");
    expect(formatFull("soon")).toBe("");
  });

  it("says the whole time in UTC", () => {
    expect(formatFull("2026-11-12T14:03:00.000Z")).toBe("12 November 2026 at 14:03 UTC");
  });
});

describe("counts", () => {
  it.each([[0, "0"], [999, "999"], [9999, "9,999"], [12_345, "12.3K"], [1_000_000, "1M"]])("writes %i as %s", (value, text) => {
    expect(compactCount(value)).toBe(text);
  });
});

describe("initials", () => {
  it.each([["Ada Lovelace", "AL"], ["ada", "A"], ["  ", "?"], ["Jean Le Rond d'Alembert", "JD"], ["🦊 fox", "🦊F"], ["éva", "É"]])("of %j are %s", (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});
