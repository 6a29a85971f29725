import { describe, expect, test } from "vitest";
import { expiryAt, signatureQuery, signedViewer } from "./signature";

const media = { id: "123", version: "ab12cd" };
const HOUR = 3600 * 1000;
const now = Date.UTC(2026, 10, 21, 13, 37);
const read = (query: string, at = now, of = media) => signedViewer(of, new URLSearchParams(query), at);

describe("signed media addresses", () => {
  test("name their viewer until they expire", () => {
    const query = signatureQuery(media, "7", now);
    expect(read(query)).toBe("7");
    expect(read(query, now + 6 * HOUR - 1)).toBe("7");
    expect(read(query, now + 12 * HOUR)).toBeNull();
  });

  test("stay the same for hours and live at most twelve", () => {
    for (let hour = 0; hour < 48; hour++) {
      const left = expiryAt(now + hour * HOUR) * 1000 - (now + hour * HOUR);
      expect(left).toBeGreaterThan(6 * HOUR);
      expect(left).toBeLessThanOrEqual(12 * HOUR);
    }
    expect(new Set(Array.from({ length: 360 }, (_, minute) => signatureQuery(media, "7", Date.UTC(2026, 10, 21, 12, minute)))).size).toBe(1);
  });

  test.each([
    ["another viewer", (query: string) => query.replace("v=7", "v=8")],
    ["a later end", (query: string) => query.replace(/e=(\d+)/, (_, e) => `e=${Number(e) + 1}`)],
    ["a touched signature", (query: string) => query.replace(/s=(.)/, (_, c) => `s=${c === "A" ? "B" : "A"}`)],
    ["a shortened signature", (query: string) => query.slice(0, -1)],
    ["no signature", (query: string) => query.replace(/&s=.*/, "")],
    ["no viewer", (query: string) => query.replace("v=7", "v=")],
    ["nothing", () => ""],
  ])("%s is refused", (_name, change) => {
    expect(read(change(signatureQuery(media, "7", now)))).toBeNull();
  });

  test("are for one photo and one version of it", () => {
    const query = signatureQuery(media, "7", now);
    expect(read(query, now, { ...media, id: "124" })).toBeNull();
    expect(read(query, now, { ...media, version: "ab12ce" })).toBeNull();
  });
});
