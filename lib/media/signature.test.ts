import { describe, expect, test } from "vitest";
import { expiryAt, signatureQuery, signedViewer, signedWidth, widthQuery } from "./signature";

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

describe("signed widths", () => {
  const file = { width: 777, ext: "webp" };
  const readWidth = (query: string, ext = "webp", at = now, of = media) => signedWidth(of, ext, new URLSearchParams(query), at);

  test("are good for one photo, version, width and format, for everybody or one viewer", () => {
    const [bare, theirs] = [widthQuery(media, file, null, now), widthQuery(media, file, "7", now)];
    expect([readWidth(bare), readWidth(theirs)]).toEqual([{ width: 777, viewerId: null }, { width: 777, viewerId: "7" }]);
    expect(readWidth(bare, "webp", now + 9_999 * HOUR)).not.toBeNull();
    expect(readWidth(theirs, "webp", now + 12 * HOUR)).toBeNull();
    for (const good of [bare, theirs]) {
      expect([readWidth(good, "jpg"), readWidth(good, "webp", now, { ...media, version: "x" }), readWidth(good, "webp", now, { ...media, id: "124" })]).toEqual([null, null, null]);
      for (const bad of [good.replace("777", "778"), good.replace("777", "0777"), good.replace("777", "7e2"), good.replace(/s=./, "s=*"), good.replace(/&s=.*/, ""), good.replace("w=777&", ""), `${good}&e=1`]) {
        expect([bad, readWidth(bad)]).toEqual([bad, bad.endsWith("&e=1") && good === theirs ? { width: 777, viewerId: "7" } : null]);
      }
    }
    expect(readWidth(theirs.replace("v=7", "v=8"))).toBeNull();
    expect(readWidth(theirs.replace(/&v=7&e=\d+/, ""))).toBeNull();
    expect(readWidth(signatureQuery(media, "7", now))).toBeNull();
    expect(read(theirs)).toBeNull();
  });
});
